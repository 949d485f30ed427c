/**
 * Statistics of order: the median, and rank correlation.
 *
 * @module
 */
import { TooFewPoints } from "./line.ts";

/**
 * The median: the middle number, or the mean of the two in the middle.
 *
 * @throws {TooFewPoints} When there are no numbers.
 */
export function median(numbers: readonly number[]): number {
  if (numbers.length === 0) throw new TooFewPoints({ message: "a median needs a number, got none" });
  const sorted = numbers.toSorted((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2;
}

/**
 * Spearman's rank correlation, ties sharing their mean rank: 1 when one list rises wherever the other does, −1 when it
 * always falls. 0 when either list is constant.
 *
 * @example Usage
 * ```ts
 * import { spearman } from "./order.ts";
 * import { assertAlmostEquals } from "@std/assert";
 *
 * assertAlmostEquals(spearman([1, 2, 3, 4], [5, 6, 8, 7]), 0.8, 1e-12);
 * ```
 *
 * @throws {TooFewPoints} When the lists differ in length or hold fewer than two numbers.
 */
export function spearman(left: readonly number[], right: readonly number[]): number {
  if (left.length !== right.length || left.length < 2) {
    throw new TooFewPoints({
      message:
        `a rank correlation needs two lists of one length, at least 2, got ${left.length} and ${right.length}`,
    });
  }
  const [a, b] = [ranks(left), ranks(right)];
  const mean = (left.length + 1) / 2;
  const product = (x: readonly number[], y: readonly number[]) =>
    x.reduce((sum, rank, index) => sum + (rank - mean) * (y[index]! - mean), 0);
  const spread = Math.sqrt(product(a, a) * product(b, b));
  return spread === 0 ? 0 : product(a, b) / spread;
}

/** The rank of each number, from 1; equal numbers share the mean of their ranks. */
function ranks(numbers: readonly number[]): readonly number[] {
  return numbers.map((number) => {
    const below = numbers.filter((other) => other < number).length;
    const equal = numbers.filter((other) => other === number).length;
    return below + (equal + 1) / 2;
  });
}
