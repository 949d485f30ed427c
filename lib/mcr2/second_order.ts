/**
 * First and second derivatives at critical points that are known in closed form.
 *
 * @module
 */
import type { Matrix64 } from "../tensor/linalg64.ts";
import { normOf } from "./ascent.ts";
import { criticalPoint, sharedDirection } from "./critical.ts";
import { hessianSpectrum } from "./hessian.ts";
import { evaluate } from "./objective.ts";
import { orbitDimension, valueOfRanks } from "./optima.ts";
import type { Problem } from "./problem.ts";

/** An eigenvalue smaller than this is counted as zero. */
const ZERO = 1e-8;

/** Derivatives at a point. */
export interface Derivatives {
  /** The norm of the gradient. */
  readonly gradientNorm: number;
  /** The largest eigenvalue of the Hessian. */
  readonly largestCurvature: number;
}

/** A local maximum of theorem 1 (i), seen from close. */
export interface Maximum extends Derivatives {
  /** The ranks. */
  readonly ranks: readonly number[];
  /** |F − Σ r_k h_k|. */
  readonly valueError: number;
  /** The largest eigenvalue, relative to the largest by absolute value. */
  readonly relativeCurvature: number;
  /** How many eigenvalues are zero, minus the dimension of the orbit: 0 when the symmetries explain all of them. */
  readonly unexplainedZeros: number;
}

/** Looks at the local maximum of given ranks. */
export function maximumOfRanks(problem: Problem, ranks: readonly number[], seed: number): Maximum {
  const features = criticalPoint(problem, { ranks, seed });
  const { value, gradient } = evaluate(problem, features);
  const spectrum = hessianSpectrum(problem, features);
  const largest = Math.max(...spectrum.map(Math.abs));
  return {
    ranks,
    gradientNorm: normOf(gradient),
    valueError: Math.abs(value - valueOfRanks(problem, ranks)),
    largestCurvature: spectrum.at(-1)!,
    relativeCurvature: spectrum.at(-1)! / largest,
    unexplainedZeros: spectrum.filter((value) => Math.abs(value) < ZERO).length -
      orbitDimension(problem, ranks),
  };
}

/** Looks at the critical point of given ranks whose first class is at its barrier. */
export function barrierOfRanks(problem: Problem, ranks: readonly number[], seed: number): Derivatives {
  return derivativesAt(problem, criticalPoint(problem, { ranks, seed, atBarrier: 0 }));
}

/** Looks at the critical point where the first two classes share a direction. */
export function sharedSaddle(problem: Problem, seed: number): Derivatives {
  return derivativesAt(problem, sharedDirection(problem, seed));
}

function derivativesAt(problem: Problem, features: Matrix64): Derivatives {
  return {
    gradientNorm: normOf(evaluate(problem, features).gradient),
    largestCurvature: hessianSpectrum(problem, features).at(-1)!,
  };
}
