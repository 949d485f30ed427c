/**
 * Straight lines through points.
 *
 * @module
 */
import jStat from "jstat";
import * as Schema from "effect/Schema";
import type { Interval } from "../claim/interval.ts";

/** There are too few different points for what is to be computed from them. */
export class TooFewPoints extends Schema.TaggedError<TooFewPoints>()("TooFewPoints", {
  message: Schema.String,
}) {}

/** A straight line, y = intercept + slope·x. */
export interface Line {
  /** The slope, with its 95 % confidence interval. */
  readonly slope: Interval;
  /** The value at x = 0. */
  readonly intercept: number;
}

/**
 * The straight line of least squares. The slope's interval is Student's, from the standard error
 * √(Σ residual² / (n − 2) / Σ (x − x̄)²).
 *
 * @example The slope of a power law, from logarithms
 * ```ts
 * import { fitLine } from "./line.ts";
 * import { assertAlmostEquals } from "@std/assert";
 *
 * const sizes = [512, 1024, 2048, 4096];
 * const { slope } = fitLine(sizes.map((n) => [Math.log(n), Math.log(3 * n ** 2)]));
 * assertAlmostEquals(slope.value, 2, 1e-12);
 * ```
 *
 * @param points Pairs of x and y.
 * @throws {TooFewPoints} With fewer than three points, or when all have the same x.
 */
export function fitLine(points: readonly (readonly [x: number, y: number])[]): Line {
  const n = points.length;
  const meanX = points.reduce((sum, [x]) => sum + x, 0) / n;
  const meanY = points.reduce((sum, [, y]) => sum + y, 0) / n;
  const spread = points.reduce((sum, [x]) => sum + (x - meanX) ** 2, 0);
  if (n < 3 || spread === 0) {
    throw new TooFewPoints({ message: `a line with its interval needs 3 points that differ in x, got ${n}` });
  }
  const slope = points.reduce((sum, [x, y]) => sum + (x - meanX) * (y - meanY), 0) / spread;
  const intercept = meanY - slope * meanX;
  const residual = points.reduce((sum, [x, y]) => sum + (y - intercept - slope * x) ** 2, 0);
  const half = jStat.studentt.inv(0.975, n - 2) * Math.sqrt(residual / (n - 2) / spread);
  return { slope: { value: slope, low: slope - half, high: slope + half, n }, intercept };
}
