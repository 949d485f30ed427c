/** Federated problems drawn by NumPy and solved by SciPy: `reference.py` made `reference.json`. */
import { quadratic } from "../../lib/federated/least_squares.ts";
import { logistic } from "../../lib/federated/logistic.ts";
import type { Problem } from "../../lib/federated/problem.ts";
import reference from "./reference.json" with { type: "json" };

/** A solution by SciPy. */
export interface Solution {
  readonly rho: number;
  readonly value: number;
  readonly weights: readonly number[];
  readonly losses: readonly number[];
  readonly model: readonly number[];
}

/** Points with their projections onto the capped simplex. */
export const projections: readonly {
  readonly point: readonly number[];
  readonly cap: number;
  readonly nearest: readonly number[];
}[] = reference.projections;

const quadratics = reference.quadratic.hessians.map((hessian, i) =>
  quadratic(
    { rows: 10, columns: 10, data: Float64Array.from(hessian) },
    Float64Array.from(reference.quadratic.linears[i]!),
    reference.quadratic.constants[i]!,
    100,
  )
);

/** Five linear regressions of ten features, the first with its optimum far from the others'. */
export const quad = {
  clients: quadratics,
  problem: problem(quadratics, 10, Math.min(...quadratics.map(({ convexity }) => convexity))),
  average: Float64Array.from(reference.quadratic.average),
  solutions: reference.quadratic.solutions as readonly Solution[],
};

const logistics = reference.logistic.features.map((features, i) =>
  logistic({
    count: 60,
    dimension: 8,
    features: Float64Array.from(features),
    targets: Float64Array.from(reference.logistic.targets[i]!),
  }, 0.05)
);

/** Four logistic regressions of eight features. */
export const logit = {
  clients: logistics,
  problem: problem(logistics, 8, 0.05),
  solutions: reference.logistic.solutions as readonly Solution[],
};

function problem(
  clients: readonly (Problem["clients"][number] & { readonly smoothness: number })[],
  dimension: number,
  convexity: number,
): Problem {
  return {
    clients,
    dimension,
    smoothness: Math.max(...clients.map(({ smoothness }) => smoothness)),
    convexity,
  };
}
