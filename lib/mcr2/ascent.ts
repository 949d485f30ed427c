/**
 * Gradient ascent on regularised rate reduction.
 *
 * @module
 */
import { normal } from "../data/random.ts";
import type { Matrix64 } from "../tensor/linalg64.ts";
import { evaluate, squaredNorm } from "./objective.ts";
import type { Problem } from "./problem.ts";

/** How to climb. */
export interface Climb {
  /** What the gradient is multiplied by in a step. */
  readonly stepSize: number;
  /** The norm of the gradient at which to stop. */
  readonly tolerance: number;
  /** Steps at most. */
  readonly steps: number;
}

/** Where a climb ended, and how. */
export interface Climbed {
  /** The features, `[m, d]`. */
  readonly features: Matrix64;
  /** F before each step, and at the end. */
  readonly values: readonly number[];
  /** The norm of the gradient at the end. */
  readonly gradientNorm: number;
}

/** Features to start from: independent normal numbers, `[m, d]`. */
export function gaussianStart(
  { tokens, dimension }: Problem,
  { deviation, seed }: { readonly deviation: number; readonly seed: number },
): Matrix64 {
  const data = normal({ seed, stream: "features" }, tokens * dimension).map((number) => deviation * number);
  return { rows: tokens, columns: dimension, data };
}

/**
 * Climbs along the gradient of F, with one step size throughout.
 *
 * @throws {ProblemError} When the features are not those of the problem.
 */
export function ascend(
  problem: Problem,
  start: Matrix64,
  { stepSize, tolerance, steps }: Climb,
): Climbed {
  let features = start;
  const values: number[] = [];
  for (let step = 0;; step++) {
    const { value, gradient } = evaluate(problem, features);
    values.push(value);
    const gradientNorm = normOf(gradient);
    if (step === steps || gradientNorm <= tolerance) return { features, values, gradientNorm };
    features = { ...features, data: moved(features.data, gradient.data, stepSize) };
  }
}

function moved(data: Float64Array, gradient: Float64Array, stepSize: number): Float64Array {
  const next = new Float64Array(data.length);
  for (let index = 0; index < data.length; index++) next[index] = data[index]! + stepSize * gradient[index]!;
  return next;
}

/** The Euclidean norm of all numbers of a matrix. */
export function normOf({ data }: Matrix64): number {
  return Math.sqrt(squaredNorm(data));
}
