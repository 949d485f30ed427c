/**
 * Objectives: which loss clients have over their data.
 *
 * @module
 */
import * as Schema from "effect/Schema";
import type { Dataset } from "../kinds/dataset.ts";
import { FederationError } from "./errors.ts";
import { examplesOf } from "./examples.ts";
import { leastSquares } from "./least_squares.ts";
import { logistic } from "./logistic.ts";
import type { Problem } from "./problem.ts";
import { softmaxHead } from "./softmax_head.ts";

const Ridge = Schema.Finite.check(Schema.isGreaterThan(0));
const Count = Schema.Int.check(Schema.isGreaterThan(0));

/** Which loss, with the weight `ridge` of ½‖x‖² that makes it strongly convex. */
export const Objective = Schema.Union([
  Schema.Struct({ kind: Schema.Literal("least-squares"), ridge: Ridge }),
  Schema.Struct({ kind: Schema.Literal("logistic"), ridge: Ridge }),
  Schema.Struct({ kind: Schema.Literal("softmax"), ridge: Ridge, classes: Count, batch: Count }),
]);

/** Which loss. */
export type Objective = typeof Objective.Type;

/**
 * The federated problem of some clients' data.
 *
 * @param objective The loss of each.
 * @param datasets One dataset a client.
 * @throws {FederationError} When there are no clients, or their features differ in number.
 */
export function problemOf(objective: Objective, datasets: readonly Dataset[]): Problem {
  const examples = datasets.map(examplesOf);
  const features = examples[0]?.dimension;
  if (features === undefined) {
    throw new FederationError({ message: "A federation needs a client; got none." });
  }
  const odd = examples.findIndex(({ dimension }) => dimension !== features);
  if (odd >= 0) {
    throw new FederationError({
      message:
        `Client ${odd} has ${examples[odd]!.dimension} features where client 0 has ${features}: clients ` +
        "that share a model need the same features.",
    });
  }
  switch (objective.kind) {
    case "least-squares": {
      const clients = examples.map((one) => leastSquares(one, objective.ridge));
      return {
        clients,
        dimension: features,
        smoothness: Math.max(...clients.map(({ smoothness }) => smoothness)),
        convexity: Math.min(...clients.map(({ convexity }) => convexity)),
      };
    }
    case "logistic": {
      const clients = examples.map((one) => logistic(one, objective.ridge));
      return { clients, dimension: features, ...curvatures(clients, objective.ridge) };
    }
    case "softmax": {
      const clients = examples.map((one) => softmaxHead(one, objective));
      return {
        clients,
        dimension: features * objective.classes,
        ...curvatures(clients, objective.ridge),
      };
    }
  }
}

function curvatures(clients: readonly { readonly smoothness: number }[], ridge: number) {
  return { smoothness: Math.max(...clients.map(({ smoothness }) => smoothness)), convexity: ridge };
}
