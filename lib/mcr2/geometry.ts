/**
 * The geometry of features: spectra, ranks, and angles between classes.
 *
 * @module
 */
import { type Matrix64, symmetricEigen64 } from "../tensor/linalg64.ts";
import { outerGram64, productTransposed64, transpose64 } from "../tensor/product64.ts";
import { classesOf } from "./objective.ts";
import { stationary } from "./optima.ts";
import type { Problem } from "./problem.ts";

/** The singular values of a matrix, falling: the roots of the eigenvalues of its smaller Gram matrix. */
export function singularValues(matrix: Matrix64): readonly number[] {
  const { values } = symmetricEigen64(
    outerGram64(matrix.rows < matrix.columns ? matrix : transpose64(matrix)),
  );
  return Array.from(values, (value) => Math.sqrt(Math.max(0, value))).reverse();
}

/** The singular values of the tokens of each class, falling. */
export function spectra(features: Matrix64, counts: readonly number[]): readonly (readonly number[])[] {
  return classesOf(features, counts).map(singularValues);
}

/** The rank of each class: its singular values above the barrier √x_k⁻, below which F lets them fall to zero. */
export function ranksAbove(problem: Problem, spectra: readonly (readonly number[])[]): readonly number[] {
  return spectra.map((values, index) => {
    const barrier = Math.sqrt(stationary(problem, index).barrier);
    return values.filter((value) => value > barrier).length;
  });
}

/** How far, relative to σ_k⁺ = √x_k⁺, the singular values above the barrier are from it: the largest such distance. */
export function peakError(problem: Problem, spectra: readonly (readonly number[])[]): number {
  const ranks = ranksAbove(problem, spectra);
  return Math.max(
    0,
    ...spectra.flatMap((values, index) => {
      const peak = Math.sqrt(stationary(problem, index).peak);
      return values.slice(0, ranks[index]).map((value) => Math.abs(value - peak) / peak);
    }),
  );
}

/** |cos| of the angle between any two tokens, `[m, m]`. A token of length zero is at right angles to all. */
export function cosines(features: Matrix64): Matrix64 {
  const { rows, columns, data } = features;
  const units = new Float64Array(data.length);
  for (let row = 0; row < rows; row++) {
    const token = data.subarray(row * columns, (row + 1) * columns);
    const length = Math.hypot(...token);
    if (length > 0) token.forEach((number, axis) => units[row * columns + axis] = number / length);
  }
  const gram = outerGram64({ rows, columns, data: units });
  return { ...gram, data: gram.data.map(Math.abs) };
}

/** |cos| between tokens of different classes. */
export interface CrossCosine {
  /** The mean. */
  readonly mean: number;
  /** The largest. */
  readonly largest: number;
}

/** How far from right angles the tokens of different classes are. */
export function crossCosine(features: Matrix64, counts: readonly number[]): CrossCosine {
  const { rows, data } = cosines(features);
  const classOf = counts.flatMap((count, index) => new Array<number>(count).fill(index));
  let [sum, pairs, largest] = [0, 0, 0];
  for (let i = 0; i < rows; i++) {
    for (let j = 0; j < i; j++) {
      if (classOf[i] === classOf[j]) continue;
      const cosine = data[i * rows + j]!;
      sum += cosine;
      pairs += 1;
      largest = Math.max(largest, cosine);
    }
  }
  return { mean: sum / pairs, largest };
}

/** The largest number of `Z_kᵀ Z_l`, k ≠ l, by absolute value: zero where the classes lie in orthogonal subspaces. */
export function overlap(features: Matrix64, counts: readonly number[]): number {
  const classes = classesOf(features, counts);
  let largest = 0;
  classes.forEach((own, index) => {
    for (const other of classes.slice(index + 1)) {
      for (const number of productTransposed64(own, other).data) {
        largest = Math.max(largest, Math.abs(number));
      }
    }
  });
  return largest;
}
