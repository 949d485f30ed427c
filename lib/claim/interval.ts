/**
 * Intervals: a number with its 95 % confidence interval.
 *
 * @module
 */
import jStat from "jstat";

/** A number, its 95 % confidence interval, and how many samples it rests on. */
export interface Interval {
  /** The estimate. */
  readonly value: number;
  /** The interval's lower end. */
  readonly low: number;
  /** The interval's upper end. */
  readonly high: number;
  /** The number of samples. */
  readonly n: number;
}

/**
 * The mean of samples with its 95 % confidence interval by Student's t. One sample has an unbounded interval: one seed
 * settles nothing.
 *
 * @example Usage
 * ```ts
 * import { meanInterval } from "./interval.ts";
 * import { assertAlmostEquals } from "@std/assert";
 *
 * // t(0.975, 2) = 4.302653
 * assertAlmostEquals(meanInterval([1, 2, 3]).high, 2 + 4.302653 / Math.sqrt(3), 1e-6);
 * ```
 */
export function meanInterval(samples: readonly number[]): Interval {
  const n = samples.length;
  const value = samples.reduce((sum, x) => sum + x, 0) / n;
  if (n < 2) return { value, low: -Infinity, high: Infinity, n };
  const variance = samples.reduce((sum, x) => sum + (x - value) ** 2, 0) / (n - 1);
  const half = studentQuantile(0.975, n - 1) * Math.sqrt(variance / n);
  return { value, low: value - half, high: value + half, n };
}

/** An exact number: it has no spread, such as a count of parameters or a closed form. */
export function exactly(value: number): Interval {
  return { value, low: value, high: value, n: 1 };
}

/**
 * The mean of samples, between the least and the greatest of them: for what is claimed of every case rather than of their
 * mean.
 */
export function spanOf(samples: readonly number[]): Interval {
  const n = samples.length;
  const value = samples.reduce((sum, x) => sum + x, 0) / n;
  return { value, low: Math.min(...samples), high: Math.max(...samples), n };
}

function studentQuantile(probability: number, degrees: number): number {
  return jStat.studentt.inv(probability, degrees);
}
