/**
 * The regularised problem of maximal coding rate reduction (arXiv 2406.01909): its sizes and constants.
 *
 * @module
 */
import * as Schema from "effect/Schema";

/** A problem, or what is asked about it, makes no sense: what was wrong, and what would do. */
export class ProblemError extends Schema.TaggedError<ProblemError>()("ProblemError", {
  message: Schema.String,
}) {}

/** The sizes of a problem. */
export interface Sizes {
  /** d: how many numbers a token has. */
  readonly dimension: number;
  /** m_k: how many tokens each class has. */
  readonly counts: readonly number[];
  /** ε > 0: the precision up to which tokens are coded. */
  readonly epsilon: number;
}

/** Sizes, the weight of the regulariser, and the constants that follow. */
export interface Problem extends Sizes {
  /** λ: `F(Z) = R(Z) − R_c(Z) − λ/2 ‖Z‖²`. */
  readonly lambda: number;
  /** m: how many tokens there are. */
  readonly tokens: number;
  /** α = d / (m ε²). */
  readonly alpha: number;
  /** α_k = d / (m_k ε²), for each class. */
  readonly alphas: readonly number[];
}

/**
 * Makes a problem.
 *
 * @example Usage
 * ```ts
 * import { largestLambda, problemOf } from "./problem.ts";
 * import { assertAlmostEquals } from "@std/assert";
 *
 * const sizes = { dimension: 100, counts: [50, 50, 50, 50], epsilon: 0.5 };
 * assertAlmostEquals(problemOf({ ...sizes, lambda: 0.1 }).alpha, 2);
 * assertAlmostEquals(largestLambda(sizes), 2 / 3);
 * ```
 *
 * @throws {ProblemError} When the sizes are none, or λ is outside (0, λ_max].
 */
export function problemOf({ lambda, ...sizes }: Sizes & { readonly lambda: number }): Problem {
  const most = largestLambda(sizes);
  if (!(lambda > 0 && lambda <= most)) {
    throw new ProblemError({
      message:
        `λ is ${lambda}; the theorems need it above 0 and at most λ_max = ${most}, which follows from ` +
        `d = ${sizes.dimension}, m = ${sizes.counts.join(" + ")} and ε = ${sizes.epsilon}.`,
    });
  }
  const { dimension, counts, epsilon } = sizes;
  const tokens = total(counts);
  return {
    ...sizes,
    lambda,
    tokens,
    alpha: dimension / (tokens * epsilon ** 2),
    alphas: counts.map((count) => dimension / (count * epsilon ** 2)),
  };
}

/**
 * λ_max, up to which every class has a spectrum to settle at: `α (√(m/m_max) − 1) / (√(m/m_max) + 1)`.
 *
 * @throws {ProblemError} When the sizes are none.
 */
export function largestLambda({ dimension, counts, epsilon }: Sizes): number {
  if (!Number.isInteger(dimension) || dimension < 1) {
    throw new ProblemError({
      message: `The dimension d is ${dimension}; it must be a whole number above 0.`,
    });
  }
  if (!(epsilon > 0 && Number.isFinite(epsilon))) {
    throw new ProblemError({ message: `The precision ε is ${epsilon}; it must be a number above 0.` });
  }
  const stray = counts.find((count) => !Number.isInteger(count) || count < 1);
  if (stray !== undefined) {
    throw new ProblemError({
      message: `A class has ${stray} tokens; each must have a whole number above 0.`,
    });
  }
  if (counts.length < 2) {
    throw new ProblemError({
      message: `There is ${
        counts.length === 0 ? "no" : "1"
      } class; with fewer than 2 nothing can be told apart.`,
    });
  }
  const ratio = Math.sqrt(total(counts) / Math.max(...counts));
  return dimension / (total(counts) * epsilon ** 2) * (ratio - 1) / (ratio + 1);
}

/** Where the tokens of each class begin, when those of a class lie next to each other. */
export function startsOf(counts: readonly number[]): readonly number[] {
  return counts.map((_, index) => total(counts.slice(0, index)));
}

/** The sum. */
export function total(numbers: readonly number[]): number {
  return numbers.reduce((sum, number) => sum + number, 0);
}
