/**
 * Classification by the nearest subspace.
 *
 * @module
 */
import { type Matrix64, symmetricEigen64 } from "../tensor/linalg64.ts";
import { outerGram64, productTransposed64, transpose64 } from "../tensor/product64.ts";

/**
 * An orthonormal basis of the subspace through the origin nearest to some tokens: their first right singular vectors.
 *
 * @param tokens `[n, d]`.
 * @param components How many vectors; no more than there are tokens or dimensions.
 * @returns `[components, d]`.
 */
export function principalSubspace(tokens: Matrix64, components: number): Matrix64 {
  const d = tokens.columns;
  const { vectors } = symmetricEigen64(outerGram64(transpose64(tokens)));
  const rows = Math.min(components, d, tokens.rows);
  const data = new Float64Array(rows * d);
  for (let row = 0; row < rows; row++) {
    // Eigenvalues rise, and eigenvectors are columns.
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
