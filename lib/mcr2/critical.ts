/**
 * Critical points of regularised rate reduction, made to order: what theorem 1 says local maxima look like, and two kinds
 * of saddle.
 *
 * @module
 */
import { normal } from "../data/random.ts";
import type { Matrix64 } from "../tensor/linalg64.ts";
import { checkRanks, stationary } from "./optima.ts";
import { type Problem, ProblemError, startsOf, total } from "./problem.ts";

/** Which critical point. */
export interface Built {
  /** The rank of each class. */
  readonly ranks: readonly number[];
  /** The seed of the directions. */
  readonly seed: number;
  /** A class whose singular values are at its barrier √x⁻ and not at its peak √x⁺: a saddle. */
  readonly atBarrier?: number;
}

/**
 * A critical point of given ranks: `Z_k = √x_k⁺ U_k V_kᵀ` with orthonormal U of all classes and orthonormal V_k, drawn by
 * the seed (theorem 1 (i)).
 *
 * @returns Features `[m, d]`.
 * @throws {ProblemError} When no critical point has these ranks.
 */
export function criticalPoint(problem: Problem, { ranks, seed, atBarrier }: Built): Matrix64 {
  checkRanks(problem, ranks);
  const { dimension, tokens, counts } = problem;
  const directions = orthonormal(dimension, total(ranks), { seed, stream: "critical/directions" });
  const starts = startsOf(counts);
  const firsts = startsOf(ranks);
  const data = new Float64Array(tokens * dimension);
  ranks.forEach((rank, index) => {
    const { peak, barrier } = stationary(problem, index);
    const size = Math.sqrt(index === atBarrier ? barrier : peak);
    const within = orthonormal(counts[index]!, rank, { seed, stream: `critical/tokens ${index}` });
    within.forEach((coordinates, column) => {
      const direction = directions[firsts[index]! + column]!;
      addOuter(data, dimension, starts[index]!, coordinates, direction, size);
    });
  });
  return { rows: tokens, columns: dimension, data };
}

/**
 * A saddle where two classes of one size share a direction, of which each has the square x of singular value that solves
 * `2αα_kλ x² + (λ(2α + α_k) − α(α_k − 2α)) x + λ = 0`.
 *
 * @returns Features `[m, d]`.
 * @throws {ProblemError} When the first two classes differ in size, or no x solves it.
 */
export function sharedDirection(problem: Problem, seed: number): Matrix64 {
  const { dimension, tokens, counts, alpha, alphas, lambda } = problem;
  if (counts[0] !== counts[1]) {
    throw new ProblemError({
      message:
        `Two classes can share a direction when they are of one size; the first two have ${counts[0]} ` +
        `and ${counts[1]} tokens.`,
    });
  }
  const own = alphas[0]!;
  const [a, b] = [2 * alpha * own * lambda, lambda * (2 * alpha + own) - alpha * (own - 2 * alpha)];
  const discriminant = b ** 2 - 4 * a * lambda;
  if (b > 0 || discriminant < 0) {
    throw new ProblemError({
      message: `At λ = ${lambda} no singular value keeps two classes in one direction: lower λ.`,
    });
  }
  const x = (-b + Math.sqrt(discriminant)) / (2 * a);
  const [direction] = orthonormal(dimension, 1, { seed, stream: "critical/shared" });
  const data = new Float64Array(tokens * dimension);
  for (const index of [0, 1]) {
    const [coordinates] = orthonormal(counts[index]!, 1, { seed, stream: `critical/tokens ${index}` });
    addOuter(data, dimension, startsOf(counts)[index]!, coordinates!, direction!, Math.sqrt(x));
  }
  return { rows: tokens, columns: dimension, data };
}

/** Orthonormal vectors, uniform over all directions: normal draws, each made orthogonal to those before it. */
export function orthonormal(
  length: number,
  count: number,
  key: { readonly seed: number; readonly stream: string },
): readonly Float64Array[] {
  const draws = normal(key, length * count);
  const vectors: Float64Array[] = [];
  for (let index = 0; index < count; index++) {
    const vector = draws.slice(index * length, (index + 1) * length);
    // Twice, since once leaves rounding of the size that the rest was cut by.
    for (const other of [...vectors, ...vectors]) {
      const along = total(Array.from(vector, (number, axis) => number * other[axis]!));
      vector.forEach((number, axis) => vector[axis] = number - along * other[axis]!);
    }
    const norm = Math.hypot(...vector);
    vectors.push(vector.map((number) => number / norm));
  }
  return vectors;
}

/** Adds `size · u vᵀ` to the tokens from `start` on. */
function addOuter(
  data: Float64Array,
  dimension: number,
  start: number,
  u: Float64Array,
  v: Float64Array,
  size: number,
): void {
  u.forEach((row, token) =>
    v.forEach((column, axis) => data[(start + token) * dimension + axis]! += size * row * column)
  );
}
