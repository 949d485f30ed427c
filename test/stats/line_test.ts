import { assertAlmostEquals, assertThrows } from "@std/assert";
import { fitLine, TooFewPoints } from "../../lib/stats/line.ts";

// scipy.stats.linregress on the logarithms, and scipy.stats.t.ppf(0.975, 2) of its standard error.
Deno.test("fitLine() gives the slope, the intercept and Student's interval", () => {
  const points = [[512, 1.1], [1024, 2.0], [2048, 4.6], [4096, 8.3]] as const;
  const { slope, intercept } = fitLine(points.map(([x, y]) => [Math.log(x), Math.log(y)]));
  assertAlmostEquals(slope.value, 0.9948457299298535, 1e-12);
  assertAlmostEquals(intercept, -6.132840089660809, 1e-12);
  assertAlmostEquals(slope.low, 0.7849986482624625, 1e-9);
  assertAlmostEquals(slope.high, 1.2046928115972446, 1e-9);
});

Deno.test("fitLine() refuses what no interval can come from", () => {
  assertThrows(() => fitLine([[1, 1], [2, 2]]), TooFewPoints, "got 2");
  assertThrows(() => fitLine([[1, 1], [1, 2], [1, 3]]), TooFewPoints, "differ in x");
});
