/**
 * The landscape experiment: critical points from random starts, each told to be a local maximum or a strict saddle, or to
 * contradict the theorems (arXiv 2406.01909, theorems 1 and 2).
 *
 * @module
 */
import { uniform } from "../data/random.ts";
import { cholesky64, type Matrix64 } from "../tensor/linalg64.ts";
import { gaussianStart, normOf } from "./ascent.ts";
import { overlap, spectra } from "./geometry.ts";
import { hessian, hessianSpectrum } from "./hessian.ts";
import { evaluate } from "./objective.ts";
import { stationary } from "./optima.ts";
import { type Problem, total } from "./problem.ts";

/**
 * What a critical point is: a `maximum` when it has the form of theorem 1 (i) and no direction curves upward; a `saddle`
 * when it has not and one does; else a `counterexample`. `unconverged` where the search did not end at one.
 */
export type Verdict = "maximum" | "saddle" | "counterexample" | "unconverged";

/** A critical point that was found. */
export interface Found {
  /** What it is. */
  readonly verdict: Verdict;
  /** F. */
  readonly value: number;
  /** The norm of the gradient. */
  readonly gradientNorm: number;
  /** The largest eigenvalue of the Hessian. */
  readonly largestCurvature: number;
  /** Σ r_k: how many singular values are not zero. */
  readonly rank: number;
}

/** Below this the norm of a gradient counts as zero. */
const CONVERGED = 1e-9;
/** Up to this an eigenvalue counts as no curvature: at a maximum the orbit's directions have rounding for curvature. */
const FLAT = 1e-5;
/** How far from the form of theorem 1 (i) a point may be, in squares of singular values and inner products. */
const CLOSE = 1e-6;

/** Finds a critical point from a random start, and tells what it is. */
export function findCritical(problem: Problem, seed: number): Found {
  // Starts of many sizes: large ones end at high ranks, small ones at low ranks and at saddles between.
  const deviation = 10 ** (1.5 * uniform({ seed, stream: "landscape/size" }, 1)[0]! - 1);
  const features = solveGradient(problem, gaussianStart(problem, { deviation, seed }));
  const { value, gradient } = evaluate(problem, features);
  const gradientNorm = normOf(gradient);
  const largestCurvature = hessianSpectrum(problem, features).at(-1)!;
  const rank = total(
    spectra(features, problem.counts).map((values) => values.filter((x) => x > 1e-3).length),
  );
  return {
    verdict: gradientNorm > CONVERGED ? "unconverged" : verdictOf(problem, features, largestCurvature),
    value,
    gradientNorm,
    largestCurvature,
    rank,
  };
}

function verdictOf(problem: Problem, features: Matrix64, largestCurvature: number): Verdict {
  const curvesUp = largestCurvature > FLAT;
  if (isOfTheorem(problem, features)) return curvesUp ? "counterexample" : "maximum";
  return curvesUp ? "saddle" : "counterexample";
}

/** Whether features have the form of theorem 1 (i): orthogonal classes, whose squared singular values are x⁺ or zero. */
export function isOfTheorem(problem: Problem, features: Matrix64): boolean {
  return overlap(features, problem.counts) <= CLOSE &&
    spectra(features, problem.counts).every((values, index) => {
      const { peak } = stationary(problem, index);
      return values.every((value) => value ** 2 <= CLOSE || Math.abs(value ** 2 - peak) <= CLOSE * peak);
    });
}

/**
 * Solves ∇F = 0 by the method of Levenberg and Marquardt: `(H² + μI) δ = −H ∇F`, with H the Hessian. It goes to critical
 * points of every kind, where an ascent would go to maxima alone.
 */
function solveGradient(problem: Problem, start: Matrix64): Matrix64 {
  let features = start;
  let { gradient } = evaluate(problem, features);
  let damping = 1e-3;
  for (let step = 0; step < 500 && normOf(gradient) > CONVERGED / 100; step++) {
    const curvature = hessian(problem, features);
    const move = levenberg(curvature, gradient, damping * normOf(gradient));
    const data = features.data.map((x, index) => x - move[index]!);
    const next = evaluate(problem, { ...features, data });
    if (normOf(next.gradient) < normOf(gradient)) {
      features = { ...features, data };
      gradient = next.gradient;
      damping = Math.max(damping / 5, 1e-9);
    } else {
      damping *= 4;
      if (damping > 1e9) break; // the gradient's norm has a minimum here that is not zero
    }
  }
  return features;
}

/** The δ of `(H² + μI) δ = H g`. */
function levenberg({ rows: n, data: h }: Matrix64, { data: g }: Matrix64, damping: number): Float64Array {
  const normal = new Float64Array(n * n);
  const right = new Float64Array(n);
  for (let i = 0; i < n; i++) {
    for (let k = 0; k < n; k++) right[i]! += h[i * n + k]! * g[k]!;
    for (let j = 0; j <= i; j++) {
      let sum = i === j ? damping : 0;
      for (let k = 0; k < n; k++) sum += h[i * n + k]! * h[j * n + k]!;
      normal[i * n + j] = sum;
    }
  }
  // A floor against rounding, where H is singular and the damping nearly gone.
  for (let i = 0; i < n; i++) normal[i * n + i]! += 1e-15 * (1 + normal[i * n + i]!);
  return solvePositive({ rows: n, columns: n, data: normal }, right);
}

/** The x of `A x = b`, A positive definite. */
function solvePositive(a: Matrix64, b: Float64Array): Float64Array {
  const { rows: n, data: factor } = cholesky64(a);
  const x = b.slice();
  for (let i = 0; i < n; i++) {
    for (let k = 0; k < i; k++) x[i]! -= factor[i * n + k]! * x[k]!;
    x[i]! /= factor[i * n + i]!;
  }
  for (let i = n - 1; i >= 0; i--) {
    for (let k = i + 1; k < n; k++) x[i]! -= factor[k * n + i]! * x[k]!;
    x[i]! /= factor[i * n + i]!;
  }
  return x;
}
