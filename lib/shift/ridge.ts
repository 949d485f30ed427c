/**
 * Ridge regression on labels of −1 and 1, in the dual.
 *
 * @module
 */
import { cholesky64, type Matrix64 } from "../tensor/linalg64.ts";

/**
 * Fits w = Σ bᵢ xᵢ that minimises Σ (yᵢ − w·xᵢ)² + λ‖w‖²: b = (K + λI)⁻¹ y.
 *
 * @param gram The Gram matrix K of the examples, `[n, n]`.
 * @param labels −1 or 1.
 * @param penalty λ > 0.
 * @returns The coefficients b.
 */
export function fitRidge(gram: Matrix64, labels: Float64Array, penalty: number): Float64Array {
  const n = gram.rows;
  const shifted = gram.data.map((value, place) => place % (n + 1) === 0 ? value + penalty : value);
  const { data: lower } = cholesky64({ rows: n, columns: n, data: shifted });
  const solution = labels.slice();
  for (let i = 0; i < n; i += 1) {
    for (let j = 0; j < i; j += 1) solution[i]! -= lower[i * n + j]! * solution[j]!;
    solution[i]! /= lower[i * n + i]!;
  }
  for (let i = n - 1; i >= 0; i -= 1) {
    solution[i]! /= lower[i * n + i]!;
    for (let j = 0; j < i; j += 1) solution[j]! -= lower[i * n + j]! * solution[i]!;
  }
  return solution;
}
