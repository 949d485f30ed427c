/**
 * Vectors in double precision: models and gradients as federated methods pass them around.
 *
 * @module
 */

/** A vector of doubles. */
export type Vector = Float64Array<ArrayBuffer>;

/** `x + factor · y`. */
export function plus(x: Float64Array, y: Float64Array, factor = 1): Vector {
  const sum = new Float64Array(x.length);
  for (let i = 0; i < x.length; i++) sum[i] = x[i]! + factor * y[i]!;
  return sum;
}

/** `Σ weights[i] · vectors[i]`. */
export function weightedSum(weights: ArrayLike<number>, vectors: readonly Float64Array[]): Vector {
  const sum = new Float64Array(vectors[0]!.length);
  vectors.forEach((vector, at) => {
    const weight = weights[at]!;
    for (let i = 0; i < sum.length; i++) sum[i]! += weight * vector[i]!;
  });
  return sum;
}

/** `Σ x[i] · y[i]`. */
export function dot(x: ArrayLike<number>, y: ArrayLike<number>): number {
  let sum = 0;
  for (let i = 0; i < x.length; i++) sum += x[i]! * y[i]!;
  return sum;
}

/** `‖x − y‖²`. */
export function squaredDistance(x: ArrayLike<number>, y: ArrayLike<number>): number {
  let sum = 0;
  for (let i = 0; i < x.length; i++) sum += (x[i]! - y[i]!) ** 2;
  return sum;
}

/** The weights of clients that all count the same. */
export function equalWeights(clients: number): Vector {
  return new Float64Array(clients).fill(1 / clients);
}
