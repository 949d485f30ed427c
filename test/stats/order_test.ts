import { assertAlmostEquals, assertEquals, assertThrows } from "@std/assert";
import { TooFewPoints } from "../../lib/stats/line.ts";
import { median, spearman } from "../../lib/stats/order.ts";

Deno.test("median() takes the middle, or the mean of the middle two", () => {
  assertEquals(median([3, 1, 2]), 2);
  assertEquals(median([4, 1, 3, 2]), 2.5);
  assertThrows(() => median([]), TooFewPoints);
});

// scipy.stats.spearmanr on the curve of R^var that the ToST paper prints; it has ties.
Deno.test("spearman() shares ranks among ties", () => {
  const curve = [110.7, 110.6, 110.8, 110.7, 110.7, 109.4, 107.0, 108.4, 104.3, 99.4, 100.2, 99.6];
  assertAlmostEquals(spearman(curve.map((_, layer) => layer), curve), -0.8943883753090783, 1e-12);
});

Deno.test("spearman() is 0 against a constant and refuses lists of different lengths", () => {
  assertEquals(spearman([1, 2, 3], [5, 5, 5]), 0);
  assertThrows(() => spearman([1, 2], [1, 2, 3]), TooFewPoints, "got 2 and 3");
});
