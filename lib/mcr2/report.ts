/**
 * What the theory predicts of features, beside what they are.
 *
 * @module
 */
import type { Matrix64 } from "../tensor/linalg64.ts";
import { normOf } from "./ascent.ts";
import { crossCosine, peakError, ranksAbove, spectra } from "./geometry.ts";
import { evaluate } from "./objective.ts";
import { globalOptimum, stationary, valueOfRanks } from "./optima.ts";
import { type Problem, total } from "./problem.ts";

/** Features against the theory. */
export interface Described {
  /** F. */
  readonly value: number;
  /** The norm of its gradient. */
  readonly gradientNorm: number;
  /** F at the global optimum. */
  readonly globalValue: number;
  /** F / F*. */
  readonly ratio: number;
  /** F at the local maximum of the features' ranks, Σ r_k h_k(x_k⁺); null when their ranks are none of a maximum. */
  readonly predictedValue: number | null;
  /** |F − Σ r_k h_k| / |F|; null like the value that was predicted, or when F is 0. */
  readonly valueError: number | null;
  /** The rank of each class. */
  readonly ranks: readonly number[];
  /** min(m, d) − Σ r_k. */
  readonly rankGap: number;
  /** The singular values of each class, falling. */
  readonly spectra: readonly (readonly number[])[];
  /** σ_k⁺ of each class. */
  readonly peaks: readonly number[];
  /** The largest |σ − σ_k⁺| / σ_k⁺ of singular values above the barrier. */
  readonly peakError: number;
  /** The largest spread of a class's singular values above the barrier: (largest − smallest) / mean. */
  readonly spread: number;
  /** |cos| between tokens of different classes: its mean. */
  readonly meanCosine: number;
  /** |cos| between tokens of different classes: the largest. */
  readonly largestCosine: number;
  /** ‖Z‖. */
  readonly norm: number;
}

/**
 * Describes features.
 *
 * @param features `[m, d]`, those of a class next to each other.
 * @throws {ProblemError} When they are not those of the problem.
 */
export function describe(problem: Problem, features: Matrix64): Described {
  const { value, gradient } = evaluate(problem, features);
  const found = spectra(features, problem.counts);
  const ranks = ranksAbove(problem, found);
  const room = Math.min(problem.tokens, problem.dimension);
  const predicted = total(ranks) <= room ? valueOfRanks(problem, ranks) : null;
  const globalValue = globalOptimum(problem).value;
  const { mean, largest } = crossCosine(features, problem.counts);
  return {
    value,
    gradientNorm: normOf(gradient),
    globalValue,
    ratio: value / globalValue,
    predictedValue: predicted,
    valueError: predicted === null || value === 0 ? null : Math.abs(value - predicted) / Math.abs(value),
    ranks,
    rankGap: room - total(ranks),
    spectra: found,
    peaks: problem.counts.map((_, index) => Math.sqrt(stationary(problem, index).peak)),
    peakError: peakError(problem, found),
    spread: Math.max(0, ...found.map((values, index) => spreadOf(values.slice(0, ranks[index])))),
    meanCosine: mean,
    largestCosine: largest,
    norm: normOf(features),
  };
}

function spreadOf(falling: readonly number[]): number {
  return falling.length === 0 ? 0 : (falling[0]! - falling.at(-1)!) / (total(falling) / falling.length);
}
