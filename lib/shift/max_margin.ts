/**
 * Support vector machines without a bias, by dual coordinate ascent.
 *
 * Hsieh, Chang, Lin, Keerthi and Sundararajan, "A Dual Coordinate Descent Method for Large-scale Linear SVM", 2008.
 *
 * @module
 */
import * as Schema from "effect/Schema";
import { permutation } from "../data/random.ts";
import type { Matrix64 } from "../tensor/linalg64.ts";

/** No classifier through the origin has all examples on their labels' sides. */
export class NotSeparable extends Schema.TaggedError<NotSeparable>()("NotSeparable", {
  message: Schema.String,
}) {}

/** Examples as a support vector machine meets them: one at a time, with the weights w that it has so far, at first 0. */
export interface Examined {
  /** How many examples. */
  readonly count: number;
  /** The squared length ‖xᵢ‖² of an example. */
  readonly square: (example: number) => number;
  /** The score w·xᵢ of an example. */
  readonly score: (example: number) => number;
  /** Adds a multiple of an example to the weights: w += factor · xᵢ. */
  readonly add: (example: number, factor: number) => void;
}

/** Examples of which only the Gram matrix is known, `[n, n]`: all scores are kept, not the weights. */
export function byGram({ rows: count, data }: Matrix64): Examined {
  const scores = new Float64Array(count);
  return {
    count,
    square: (example) => data[example * (count + 1)]!,
    score: (example) => scores[example]!,
    add: (example, factor) => {
      const start = example * count;
      for (let other = 0; other < count; other += 1) scores[other]! += factor * data[start + other]!;
    },
  };
}

/** How a support vector machine is fitted. */
export interface MaxMarginOptions {
  /** The greatest dual coefficient, C: the weight of hinge losses. Default ∞: a hard margin. */
  readonly penalty?: number;
  /** The greatest violation of the optimality conditions that is left. Default 3e-3, in units of the margin. */
  readonly tolerance?: number;
  /** Sweeps over the examples before giving up. Default 10,000. */
  readonly sweeps?: number;
}

/** A fitted support vector machine. */
export interface MaxMargin {
  /** The coefficients bᵢ = yᵢ αᵢ of the examples in the weights w = Σ bᵢ xᵢ. */
  readonly coefficients: Float64Array;
  /** How many sweeps it took. */
  readonly sweeps: number;
}

/**
 * Fits the classifier sign(w·x) of largest margin: it minimises ½‖w‖² with yᵢ w·xᵢ ≥ 1 for all examples, or, with a
 * finite penalty C, ½‖w‖² + C Σ max(0, 1 − yᵢ w·xᵢ).
 *
 * Each step maximises the dual Σ αᵢ − ½ ‖Σ αᵢ yᵢ xᵢ‖² over one coefficient, 0 ≤ αᵢ ≤ C. Every sweep takes the examples
 * in another order, drawn by its number: that takes a tenth of the sweeps that one order for all takes.
 *
 * @example Two points, one on each side
 * ```ts
 * import { byGram, fitMaxMargin } from "./max_margin.ts";
 * import { assertAlmostEquals } from "@std/assert";
 *
 * // x = 2 and −1 on a line: the margin is set by the nearer one, w = −b₂ = 1.
 * const gram = { rows: 2, columns: 2, data: Float64Array.of(4, -2, -2, 1) };
 * const { coefficients } = fitMaxMargin(byGram(gram), [1, -1], { tolerance: 1e-12 });
 * assertAlmostEquals(2 * coefficients[0]! - coefficients[1]!, 1, 1e-9);
 * ```
 *
 * @param examples The examples. They are left with the weights that were found.
 * @param labels −1 or 1.
 * @throws {NotSeparable} When the sweeps run out.
 */
export function fitMaxMargin(
  examples: Examined,
  labels: ArrayLike<number>,
  { penalty = Infinity, tolerance = 3e-3, sweeps = 10_000 }: MaxMarginOptions = {},
): MaxMargin {
  const alpha = new Float64Array(examples.count);
  for (let sweep = 1; sweep <= sweeps; sweep += 1) {
    let violation = 0;
    for (const i of orderOf(sweep, alpha.length)) {
      const label = labels[i]!;
      const gradient = label * examples.score(i) - 1;
      const before = alpha[i]!;
      // At a bound, only the direction away from it violates.
      if ((before === 0 && gradient >= 0) || (before === penalty && gradient <= 0)) continue;
      violation = Math.max(violation, Math.abs(gradient));
      const after = Math.min(penalty, Math.max(0, before - gradient / examples.square(i)));
      if (after === before) continue;
      alpha[i] = after;
      examples.add(i, label * (after - before));
    }
    if (violation < tolerance) {
      return { coefficients: alpha.map((value, i) => value * labels[i]!), sweeps: sweep };
    }
  }
  throw new NotSeparable({
    message:
      `no classifier with the margin asked for was found for ${examples.count} examples in ${sweeps} sweeps: ` +
      "they may not be separable; give them more features or the classifier a finite penalty",
  });
}

/** The orders of the first sweeps over a number of examples: all fits of one size share them. */
const orders = new Map<number, Int32Array[]>();

/** How many sweeps' orders are kept for each number of examples: most fits need fewer. */
const keptOrders = 64;

/** The order in which a sweep takes the examples. */
function orderOf(sweep: number, count: number): Int32Array {
  const kept = orders.get(count) ?? [];
  if (sweep <= kept.length) return kept[sweep - 1]!;
  const order = permutation({ seed: 0, stream: "max-margin", step: sweep }, count);
  if (kept.length < keptOrders) orders.set(count, [...kept, order]);
  return order;
}
