/**
 * Products of examples with each other and with weights.
 *
 * @module
 */
import type { Matrix64 } from "../tensor/linalg64.ts";
import type { LinearExamples, Rows } from "./examples.ts";

/** The Gram matrix K = X_S X_Sᵀ + X_N X_Nᵀ of examples, `[n, n]`. */
export function gramOf({ count, signal, nuisance }: LinearExamples): Matrix64 {
  const data = new Float64Array(count * count);
  addProducts(data, count, signal, () => signal.width);
  // Nuisance coordinates are lower triangular: row i ends at column i.
  addProducts(data, count, nuisance, (row) => Math.min(row + 1, nuisance.width));
  return { rows: count, columns: count, data };
}

/** Adds the products of all pairs of rows; the row of the smaller index has its last number before `reach`. */
function addProducts(
  gram: Float64Array,
  count: number,
  { width, data }: Rows,
  reach: (row: number) => number,
): void {
  for (let i = 0; i < count; i += 1) {
    for (let j = 0; j <= i; j += 1) {
      const end = reach(j);
      const [a, b] = [i * width, j * width];
      let sum = 0;
      for (let k = 0; k < end; k += 1) sum += data[a + k]! * data[b + k]!;
      gram[i * count + j]! += sum;
      if (i !== j) gram[j * count + i]! += sum;
    }
  }
}

/** The sum Σ bᵢ xᵢ of rows, as many as there are coefficients: a classifier's weights from its dual coefficients. */
export function combine({ width, data }: Rows, coefficients: Float64Array): Float64Array {
  const sum = new Float64Array(width);
  coefficients.forEach((coefficient, row) => {
    if (coefficient === 0) return;
    for (let column = 0; column < width; column += 1) {
      sum[column]! += coefficient * data[row * width + column]!;
    }
  });
  return sum;
}

/** The products of each row with some weights. */
export function project({ width, data }: Rows, weights: Float64Array, count: number): Float64Array {
  return Float64Array.from({ length: count }, (_, row) => {
    let sum = 0;
    for (let column = 0; column < width; column += 1) sum += data[row * width + column]! * weights[column]!;
    return sum;
  });
}

/** The squared length of a vector. */
export function squaredNorm(vector: Float64Array): number {
  return vector.reduce((sum, x) => sum + x * x, 0);
}
