/**
 * The solution of a robust federated problem, beside that of the average loss, and how near a federation came, as metrics.
 *
 * @module
 */
import * as Schema from "effect/Schema";
import type { Checkpoint } from "../kinds/checkpoint.ts";
import type { Dataset } from "../kinds/dataset.ts";
import type { Metrics } from "../kinds/metrics.ts";
import { dualityGap } from "./duality.ts";
import { FederationError } from "./errors.ts";
import { examplesOf } from "./examples.ts";
import { leastSquares } from "./least_squares.ts";
import { logistic } from "./logistic.ts";
import { Objective } from "./objective.ts";
import { type Regulariser, robustValue } from "./regulariser.ts";
import { robustOptimum, type Twice, weightedOptimum } from "./robust_optimum.ts";
import { trajectoryOf } from "./run.ts";
import { squaredDistance } from "./vector.ts";

/** Which robust problem: the clients' losses and ρ ≥ 0, the strength of the χ² penalty; 0 is the worst client alone. */
export const RobustProblem = Schema.Struct({
  objective: Objective,
  rho: Schema.Finite.check(Schema.isGreaterThanOrEqualTo(0)),
});

/** Which robust problem. */
export type RobustProblem = typeof RobustProblem.Type;

/**
 * Solves `min_x max_λ Σ λ_i f_i(x) − ρ/(2N) Σ (N λ_i − 1)²`, and the mean of the losses.
 *
 * @param problem Which.
 * @param datasets One dataset a client.
 * @returns `model`, `weights`, `losses`, their greatest `worst`, the `value`; of the average optimum `average.model`,
 * `average.losses` and `average.worst`; and `gap`, the squared distance between the two models.
 * @throws {FederationError} For losses without a second derivative here, or too many clients.
 */
export function measureOptimum({ objective, rho }: RobustProblem, datasets: readonly Dataset[]): Metrics {
  const { clients, dimension } = lossesWithCurvature(objective, datasets);
  const { model, weights, losses, value } = robustOptimum(clients, dimension, rho);
  const average = weightedOptimum(clients, dimension);
  const averageLosses = clients.map(({ loss }) => loss(average));
  return {
    rho,
    value,
    model: [...model],
    weights: [...weights],
    losses: [...losses],
    worst: Math.max(...losses),
    average: { model: [...average], losses: averageLosses, worst: Math.max(...averageLosses) },
    gap: squaredDistance(model, average),
  };
}

/**
 * Measures how near a federation ended to a solution, by the duality gap.
 *
 * @returns `gap`, as log10 of its share of the robust loss (at the least what arithmetic leaves, 10⁻¹⁶).
 * @throws {FederationError} For losses without a second derivative here, or a checkpoint of something else.
 */
export function measureDualityGap(
  objective: Objective,
  regulariser: Regulariser,
  run: Checkpoint,
  datasets: readonly Dataset[],
): Metrics {
  const { clients } = lossesWithCurvature(objective, datasets);
  const { model, weights } = trajectoryOf(run).moments.at(-1)!;
  const value = robustValue(regulariser, clients.map(({ loss }) => loss(model)));
  const gap = dualityGap(regulariser, clients, model, weights);
  return { gap: Math.log10(Math.max(Math.abs(gap / value), 1e-16)), weights: [...weights] };
}

function lossesWithCurvature(
  objective: Objective,
  datasets: readonly Dataset[],
): { readonly clients: readonly Twice[]; readonly dimension: number } {
  const examples = datasets.map(examplesOf);
  const clients = examples.map((one): Twice => {
    switch (objective.kind) {
      case "least-squares":
        return leastSquares(one, objective.ridge);
      case "logistic":
        return logistic(one, objective.ridge);
      case "softmax":
        throw new FederationError({
          message: "The exact solution is for least-squares and logistic losses; got softmax.",
        });
    }
  });
  return { clients, dimension: examples[0]?.dimension ?? 0 };
}
