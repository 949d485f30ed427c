/**
 * Support vector machines without a bias, by dual coordinate ascent.
 *
 * Hsieh, Chang, Lin, Keerthi and Sundararajan, "A Dual Coordinate Descent Method for Large-scale Linear SVM", 2008.
 *
 * @module
 */
import * as Schema from "effect/Schema";
import type { Matrix64 } from "../tensor/linalg64.ts";

/** No classifier through the origin has all examples on their labels' sides. */
export class NotSeparable extends Schema.TaggedError<NotSeparable>()("NotSeparable", {
  message: Schema.String,
}) {}

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
  /** The scores w·xᵢ of the examples. */
  readonly scores: Float64Array;
  /** How many sweeps it took. */
  readonly sweeps: number;
}

/**
 * Fits the classifier sign(w·x) of largest margin: it minimises ½‖w‖² with yᵢ w·xᵢ ≥ 1 for all examples, or, with a
 * finite penalty C, ½‖w‖² + C Σ max(0, 1 − yᵢ w·xᵢ).
 *
 * Each step maximises the dual Σ αᵢ − ½ Σ αᵢ αⱼ yᵢ yⱼ Kᵢⱼ over one coefficient, 0 ≤ αᵢ ≤ C, the examples in turn.
 *
 * @example Two points, one on each side
 * ```ts
 * import { fitMaxMargin } from "./max_margin.ts";
 * import { assertAlmostEquals } from "@std/assert";
 *
 * // x = 2 and −1 on a line: the margin is set by the nearer one, w = 1.
 * const gram = { rows: 2, columns: 2, data: Float64Array.of(4, -2, -2, 1) };
 * const { scores } = fitMaxMargin(gram, Float64Array.of(1, -1), { tolerance: 1e-12 });
 * assertAlmostEquals(scores[0]!, 2, 1e-9);
 * ```
 *
 * @param gram The Gram matrix K of the examples, `[n, n]`.
 * @param labels −1 or 1.
 * @throws {NotSeparable} When the sweeps run out.
 */
export function fitMaxMargin(
  gram: Matrix64,
  labels: Float64Array,
  { penalty = Infinity, tolerance = 3e-3, sweeps = 10_000 }: MaxMarginOptions = {},
): MaxMargin {
  const { rows: n, data } = gram;
  const alpha = new Float64Array(n);
  const scores = new Float64Array(n);
  for (let sweep = 1; sweep <= sweeps; sweep += 1) {
    let violation = 0;
    for (let i = 0; i < n; i += 1) {
      const label = labels[i]!;
      const gradient = label * scores[i]! - 1;
      const before = alpha[i]!;
      // At a bound, only the direction away from it violates.
      if ((before === 0 && gradient >= 0) || (before === penalty && gradient <= 0)) continue;
      violation = Math.max(violation, Math.abs(gradient));
      const after = Math.min(penalty, Math.max(0, before - gradient / data[i * n + i]!));
      alpha[i] = after;
      addScaledRow(scores, data, i * n, label * (after - before));
    }
    if (violation < tolerance) {
      return { coefficients: alpha.map((value, i) => value * labels[i]!), scores, sweeps: sweep };
    }
  }
  throw new NotSeparable({
    message: `no classifier with the margin asked for was found for ${n} examples in ${sweeps} sweeps: ` +
      "they may not be separable; give them more features or the classifier a finite penalty",
  });
}

function addScaledRow(sum: Float64Array, rows: Float64Array, start: number, factor: number): void {
  if (factor === 0) return;
  for (let column = 0; column < sum.length; column += 1) sum[column]! += factor * rows[start + column]!;
}
