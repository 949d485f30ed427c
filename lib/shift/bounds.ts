/**
 * What label noise forces on every classifier that fits it, and what that costs under a shift.
 *
 * The paper's own theorem could not be read; these two statements take its place. Their proofs are short enough to stand
 * beside them.
 *
 * @module
 */
import type { LinearExamples } from "./examples.ts";
import { combine, project, squaredNorm } from "./gram.ts";

/** Weights of a linear classifier on signal and nuisance features. */
export interface LinearWeights {
  /** w_S. */
  readonly signal: Float64Array;
  /** w_N. */
  readonly nuisance: Float64Array;
}

/** What the bound on nuisance weights says of a classifier. */
export interface NuisanceBound {
  /** The smallest margin ỹ w·x on the training examples, γ. Positive when the classifier fits them all. */
  readonly margin: number;
  /** The share of training examples that it fits. */
  readonly fitted: number;
  /** ‖w_N‖. */
  readonly norm: number;
  /** What ‖w_N‖ must at least be. Null where nothing is forced: no label is wrong, or the margin is not positive. */
  readonly atLeast: number | null;
}

/**
 * Bounds the nuisance weights of a classifier from below. With F the examples whose label ỹ is not the clean y, γ the
 * smallest training margin, and mᵢ = yᵢ w_S·x_S,ᵢ:
 *
 * ‖w_N‖ ≥ (γ + mean_F mᵢ) / ‖ |F|⁻¹ Σ_F ỹᵢ x_N,ᵢ ‖.
 *
 * Proof: for i in F, γ ≤ ỹᵢ w·xᵢ = ỹᵢ w_N·x_N,ᵢ − mᵢ. Take means over F, then Cauchy and Schwarz's inequality.
 *
 * With k independent nuisance features the denominator is about σ_N √(k / |F|): what is forced grows as the root of the
 * number of wrong labels, and so do its costs under a shift. More data hurts.
 */
export function nuisanceBound(examples: LinearExamples, weights: LinearWeights): NuisanceBound {
  const { count, labels, clean, signal, nuisance } = examples;
  const signalScores = project(signal, weights.signal, count);
  const nuisanceScores = project(nuisance, weights.nuisance, count);
  const margins = labels.map((label, i) => label * (signalScores[i]! + nuisanceScores[i]!));
  const margin = margins.reduce((least, one) => Math.min(least, one), Infinity);
  const found = {
    margin,
    fitted: margins.filter((one) => one > 0).length / count,
    norm: Math.sqrt(squaredNorm(weights.nuisance)),
  };

  const wrong = labels.map((label, i) => label === clean[i] ? 0 : 1);
  const wrongs = wrong.reduce((sum, one) => sum + one, 0);
  if (wrongs === 0 || margin <= 0) return { ...found, atLeast: null };
  const meanSignal = wrong.reduce((sum, one, i) => sum + one * clean[i]! * signalScores[i]!, 0) / wrongs;
  const meanNuisance = combine(nuisance, wrong.map((one, i) => one * labels[i]! / wrongs));
  return { ...found, atLeast: (margin + meanSignal) / Math.sqrt(squaredNorm(meanNuisance)) };
}

/** A shift δ of the nuisance features, and one point that it meets. */
export interface SubGaussianShift {
  /** The point's margin before the shift, m = y w·x. */
  readonly margin: number;
  /** How far the shift's mean moves the margin down, Γ = −y w_N·E δ. */
  readonly push: number;
  /** Σ wⱼ² ςⱼ², where ςⱼ² is the sub-Gaussian proxy variance of δⱼ. */
  readonly proxyVariance: number;
}

/**
 * Bounds from below the probability that a point is classified wrongly under a shift with independent sub-Gaussian
 * coordinates: 1 − exp(−(Γ − m)² / (2 Σ wⱼ² ςⱼ²)) where Γ > m, else 0.
 *
 * Proof: the point is right only if Σ wⱼ (δⱼ − E δⱼ) y ≥ Γ − m, a deviation that Chernoff's bound limits.
 */
export function shiftedErrorBound({ margin, push, proxyVariance }: SubGaussianShift): number {
  if (push <= margin) return 0;
  return 1 - Math.exp(-((push - margin) ** 2) / (2 * proxyVariance));
}
