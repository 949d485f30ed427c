/**
 * Classification by the nearest subspace.
 *
 * @module
 */
import { type Matrix64, symmetricEigen64 } from "../tensor/linalg64.ts";
import { outerGram64, productTransposed64, transpose64 } from "../tensor/product64.ts";

/**
 * An orthonormal basis of a subspace through the origin that is near to some tokens: their first right singular vectors, as
 * few as hold a share of the tokens' energy Σ ‖z‖².
 *
 * @param tokens `[n, d]`.
 * @param energy The share, from 0 to 1.
 * @returns `[r, d]`, the vector that holds most of it first. At least one, unless there are no tokens.
 */
export function principalSubspace(tokens: Matrix64, energy: number): Matrix64 {
  const d = tokens.columns;
  if (tokens.rows === 0) return { rows: 0, columns: d, data: new Float64Array(0) };
  const { values, vectors } = symmetricEigen64(outerGram64(transpose64(tokens)));
  const falling = Array.from(values, (value) => Math.max(0, value)).reverse();
  const wanted = energy * falling.reduce((sum, value) => sum + value, 0);
  let held = 0;
  const enough = falling.findIndex((value) => (held += value) >= wanted * (1 - Number.EPSILON));
  const rows = Math.max(1, enough < 0 ? d : enough + 1);
  const data = new Float64Array(rows * d);
  for (let row = 0; row < rows; row++) {
    // Eigenvectors are columns, that of the largest eigenvalue last.
    for (let axis = 0; axis < d; axis++) data[row * d + axis] = vectors.data[axis * d + d - 1 - row]!;
  }
  return { rows, columns: d, data };
}

/**
 * The class whose subspace is nearest to each token: the one with the longest projection, since
 * `‖z − U Uᵀz‖² = ‖z‖² − ‖Uᵀz‖²`.
 *
 * @param subspaces An orthonormal basis for each class.
 * @param tokens `[n, d]`.
 */
export function nearestSubspace(subspaces: readonly Matrix64[], tokens: Matrix64): Int32Array {
  const lengths = subspaces.map((basis) => {
    const { columns, data } = productTransposed64(tokens, basis);
    return Array.from(
      { length: tokens.rows },
      (_, row) => data.subarray(row * columns, (row + 1) * columns).reduce((sum, x) => sum + x * x, 0),
    );
  });
  return Int32Array.from({ length: tokens.rows }, (_, row) => greatest(lengths.map((own) => own[row]!)));
}

/** The place of the greatest number; the first of several. */
export function greatest(numbers: readonly number[]): number {
  return numbers.indexOf(Math.max(...numbers));
}
