/**
 * Linear regression as a client's loss.
 *
 * @module
 */
import { type Matrix64, symmetricEigen64 } from "../tensor/linalg64.ts";
import type { Examples } from "./examples.ts";
import type { Client } from "./problem.ts";
import { dot, type Vector } from "./vector.ts";

/** A quadratic loss `½ xᵀHx − bᵀx + c`, with its derivatives. */
export interface Quadratic extends Client {
  /** H, whatever the model. */
  readonly hessian: () => Matrix64;
  /** The least eigenvalue of H. */
  readonly convexity: number;
  /** The greatest eigenvalue of H. */
  readonly smoothness: number;
}

/**
 * The loss `½ xᵀHx − bᵀx + c`.
 *
 * @param hessian H: symmetric and positive definite.
 * @param linear b.
 * @param constant c.
 * @param examples How many examples it is the loss of.
 */
export function quadratic(
  hessian: Matrix64,
  linear: Float64Array,
  constant: number,
  examples: number,
): Quadratic {
  const { rows: dimension, data } = hessian;
  const { values } = symmetricEigen64(hessian);
  const image = (x: Float64Array): Vector => {
    const product = new Float64Array(dimension);
    for (let i = 0; i < dimension; i++) {
      let sum = 0;
      for (let j = 0; j < dimension; j++) sum += data[i * dimension + j]! * x[j]!;
      product[i] = sum;
    }
    return product;
  };
  return {
    examples,
    hessian: () => hessian,
    convexity: values[0]!,
    smoothness: values[dimension - 1]!,
    loss: (x) => dot(image(x), x) / 2 - dot(linear, x) + constant,
    gradient: (x) => image(x).map((entry, i) => entry - linear[i]!),
  };
}

/**
 * The loss `1/(2n) Σ (⟨a_j, x⟩ − y_j)² + ridge/2 ‖x‖²`.
 *
 * @param examples The rows a_j with their targets y_j.
 * @param ridge The weight of the squared norm.
 */
export function leastSquares({ count, dimension, features, targets }: Examples, ridge: number): Quadratic {
  const data = new Float64Array(dimension ** 2);
  const linear = new Float64Array(dimension);
  for (let row = 0; row < count; row++) {
    const a = features.subarray(row * dimension, (row + 1) * dimension);
    for (let i = 0; i < dimension; i++) {
      linear[i]! += a[i]! * targets[row]! / count;
      for (let j = 0; j < dimension; j++) data[i * dimension + j]! += a[i]! * a[j]! / count;
    }
  }
  for (let i = 0; i < dimension; i++) data[i * (dimension + 1)]! += ridge;
  return quadratic(
    { rows: dimension, columns: dimension, data },
    linear,
    dot(targets, targets) / (2 * count),
    count,
  );
}
