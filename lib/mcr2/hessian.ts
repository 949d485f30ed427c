/**
 * The Hessian of regularised rate reduction, exactly: for problems of a hundred numbers or so.
 *
 * @module
 */
import { type Matrix64, symmetricEigen64 } from "../tensor/linalg64.ts";
import { product64, transpose64 } from "../tensor/product64.ts";
import { checkFeatures, classesOf, shiftedInverse } from "./objective.ts";
import type { Problem } from "./problem.ts";

/**
 * The Hessian of F at a point. With `A = (I + α Z Zᵀ)⁻¹`, `B_k` its like for one class and `S(V) = V Zᵀ + Z Vᵀ`, a move by
 * V changes the gradient of class k by `α A V_k − α² A S(V) A Z_k − α B_k V_k + α α_k B_k S(V_k) B_k Z_k − λ V_k`.
 *
 * @param features `[m, d]`.
 * @returns `[m d, m d]`, in the order of the features' numbers.
 * @throws {ProblemError} When the features are not those of the problem.
 */
export function hessian(problem: Problem, features: Matrix64): Matrix64 {
  checkFeatures(problem, features);
  const { alpha, alphas, lambda, counts, dimension: d, tokens } = problem;
  const size = tokens * d;
  const out = new Float64Array(size * size);
  const all = curvature(features, alpha);
  const classes = classesOf(features, counts).map((own, index) => curvature(own, alphas[index]!));
  const classOf = counts.flatMap((count, index) => new Array<number>(count).fill(index));
  const starts = classOf.map((own) => classOf.indexOf(own));
  for (let i = 0; i < tokens; i++) {
    for (let j = 0; j <= i; j++) {
      const together = classOf[i] === classOf[j];
      const own = classes[classOf[i]!]!;
      const start = starts[i]!;
      for (let a = 0; a < d; a++) {
        for (let b = 0; b < d; b++) {
          let second = alpha * all(i, a, j, b);
          if (together) second -= alpha * own(i - start, a, j - start, b);
          if (i === j && a === b) second -= lambda;
          out[(i * d + a) * size + j * d + b] = out[(j * d + b) * size + i * d + a] = second;
        }
      }
    }
  }
  return { rows: size, columns: size, data: out };
}

/**
 * How the direction `A Z`, `A = (I + α Z Zᵀ)⁻¹`, changes when token j moves along axis b, at token i along axis a:
 * `δ_ij A_ab − α (A_ab z_iᵀA z_j + (A z_j)_a (A z_i)_b)`.
 */
function curvature(
  features: Matrix64,
  alpha: number,
): (i: number, a: number, j: number, b: number) => number {
  const d = features.columns;
  const { inverse } = shiftedInverse(transpose64(features), alpha);
  const moved = product64(features, inverse);
  const inner = product64(moved, transpose64(features));
  return (i, a, j, b) => {
    const along = inverse.data[a * d + b]!;
    const across = along * inner.data[i * features.rows + j]! +
      moved.data[j * d + a]! * moved.data[i * d + b]!;
    return (i === j ? along : 0) - alpha * across;
  };
}

/** The eigenvalues of the Hessian, in ascending order. */
export function hessianSpectrum(problem: Problem, features: Matrix64): Float64Array {
  return symmetricEigen64(hessian(problem, features)).values;
}
