/**
 * Logistic regression as a client's loss.
 *
 * @module
 */
import type { Matrix64 } from "../tensor/linalg64.ts";
import { type Examples, greatestCurvature } from "./examples.ts";
import type { Client } from "./problem.ts";

/** A logistic loss with its derivatives. */
export interface Logistic extends Client {
  /** The second derivative at a model. */
  readonly hessian: (model: Float64Array) => Matrix64;
  /** The curvature that the loss is nowhere above. */
  readonly smoothness: number;
}

/**
 * The loss `1/n Σ log(1 + exp(−y_j ⟨a_j, x⟩)) + ridge/2 ‖x‖²`.
 *
 * @param examples The rows a_j with their signs y_j, −1 or 1.
 * @param ridge The weight of the squared norm, which makes the loss strongly convex.
 */
export function logistic(examples: Examples, ridge: number): Logistic {
  const { count, dimension, features, targets } = examples;
  /** The margins y_j ⟨a_j, x⟩. */
  const margins = (x: Float64Array) =>
    targets.map((sign, row) => {
      let sum = 0;
      for (let i = 0; i < dimension; i++) sum += features[row * dimension + i]! * x[i]!;
      return sign * sum;
    });
  return {
    examples: count,
    smoothness: greatestCurvature(examples) / 4 + ridge,
    loss: (x) =>
      margins(x).reduce((sum, margin) => sum + softplus(-margin), 0) / count +
      ridge / 2 * x.reduce((sum, entry) => sum + entry ** 2, 0),
    gradient: (x) => {
      const gradient = new Float64Array(dimension);
      for (let i = 0; i < dimension; i++) gradient[i] = ridge * x[i]!;
      margins(x).forEach((margin, row) => {
        const pull = -targets[row]! * sigmoid(-margin) / count;
        for (let i = 0; i < dimension; i++) gradient[i]! += pull * features[row * dimension + i]!;
      });
      return gradient;
    },
    hessian: (x) => {
      const data = new Float64Array(dimension ** 2);
      for (let i = 0; i < dimension; i++) data[i * (dimension + 1)] = ridge;
      margins(x).forEach((margin, row) => {
        const curvature = sigmoid(margin) * sigmoid(-margin) / count;
        const a = features.subarray(row * dimension, (row + 1) * dimension);
        for (let i = 0; i < dimension; i++) {
          for (let j = 0; j < dimension; j++) data[i * dimension + j]! += curvature * a[i]! * a[j]!;
        }
      });
      return { rows: dimension, columns: dimension, data };
    },
  };
}

function sigmoid(z: number): number {
  return z >= 0 ? 1 / (1 + Math.exp(-z)) : 1 - 1 / (1 + Math.exp(z));
}

/** log(1 + exp z), without overflow. */
function softplus(z: number): number {
  return Math.max(z, 0) + Math.log1p(Math.exp(-Math.abs(z)));
}
