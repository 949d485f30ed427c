/**
 * Principal components of the features of patches: the views by which transformers are often looked at.
 *
 * @module
 */
import type { Matrix64 } from "../../tensor/linalg64.ts";
import { tridiagonalEigen64 } from "../../tensor/tridiagonal64.ts";

/**
 * The coordinates of rows along their principal axes: deviations from the mean row, times the unit eigenvectors of their
 * covariance with the largest eigenvalues. The sign of each axis makes its largest element positive.
 *
 * @param rows `[n, d]`.
 * @param axes How many axes, at most d.
 * @returns `[n, axes]`.
 */
export function principalCoordinates({ rows: n, columns: d, data }: Matrix64, axes: number): Matrix64 {
  const mean = new Float64Array(d);
  data.forEach((value, place) => mean[place % d]! += value / n);
  const centred = data.map((value, place) => value - mean[place % d]!);
  const { vectors } = tridiagonalEigen64(covariance(centred, n, d));
  const coordinates = new Float64Array(n * axes);
  for (let axis = 0; axis < axes; axis++) {
    const direction = Float64Array.from({ length: d }, (_, k) => vectors.data[k * d + d - 1 - axis]!);
    const largest = direction.reduce((best, value) => Math.abs(value) > Math.abs(best) ? value : best, 0);
    for (let row = 0; row < n; row++) {
      let sum = 0;
      for (let k = 0; k < d; k++) sum += centred[row * d + k]! * direction[k]!;
      coordinates[row * axes + axis] = Math.sign(largest) * sum;
    }
  }
  return { rows: n, columns: axes, data: coordinates };
}

function covariance(centred: Float64Array, n: number, d: number): Matrix64 {
  const sums = new Float64Array(d * d);
  for (let row = 0; row < n; row++) {
    for (let i = 0; i < d; i++) {
      const value = centred[row * d + i]! / n;
      for (let j = 0; j <= i; j++) sums[i * d + j]! += value * centred[row * d + j]!;
    }
  }
  for (let i = 0; i < d; i++) for (let j = 0; j < i; j++) sums[j * d + i] = sums[i * d + j]!;
  return { rows: d, columns: d, data: sums };
}

/**
 * Which rows the first principal axis sets apart: those on the side of it that fewer rows lie on, since objects are
 * smaller than what is around them.
 *
 * @param first Coordinates along the first axis.
 * @returns 1 for the smaller side.
 */
export function smallerSide(first: ArrayLike<number>): Uint8Array {
  const positive = Uint8Array.from(first, (value) => value > 0 ? 1 : 0);
  const count = positive.reduce((sum, value) => sum + value, 0);
  return 2 * count <= positive.length ? positive : positive.map((value) => 1 - value);
}
