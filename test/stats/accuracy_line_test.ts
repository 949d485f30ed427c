import { assertAlmostEquals, assertEquals, assertThrows } from "@std/assert";
import { accuracyProbit, fitAccuracyLine, meanAccuracies } from "../../lib/stats/accuracy_line.ts";
import { bootstrap, quantile } from "../../lib/stats/bootstrap.ts";
import { TooFewPoints } from "../../lib/stats/line.ts";
import { normalCdf, probit } from "../../lib/stats/normal.ts";
import reference from "../shift/reference.json" with { type: "json" };

Deno.test("probit() is SciPy's to twelve digits, at the ends too", () => {
  reference.probit.shares.forEach((share, place) => {
    const expected = reference.probit.values[place]!;
    // In the upper tail, the last bit of a share already moves the probit.
    const bits = share > 0.5 ? 1e-16 / (1 - share) : 0;
    assertAlmostEquals(probit(share), expected, 1e-12 + bits);
  });
  assertEquals([probit(0), probit(1)], [-Infinity, Infinity]);
});

Deno.test("normalCdf() is SciPy's", () => {
  reference.cdf.values.forEach((z, place) =>
    assertAlmostEquals(normalCdf(z), reference.cdf.shares[place]!, 1e-14)
  );
});

Deno.test("fitAccuracyLine() is SciPy's regression of probits", () => {
  const { ids, oods, ...expected } = reference.line;
  const line = fitAccuracyLine(ids.map((id, place) => ({ id, ood: oods[place]! })));
  for (const name of ["slope", "intercept", "correlation", "rawCorrelation"] as const) {
    assertAlmostEquals(line[name], expected[name], 1e-12);
  }
  assertAlmostEquals(line.explained, expected.correlation ** 2, 1e-12);
});

Deno.test("fitAccuracyLine() is exactly the diagonal where a shift costs nothing", () => {
  const { slope, correlation, intercept } = fitAccuracyLine(
    [0.61, 0.77, 0.83].map((id) => ({ id, ood: id })),
  );
  assertEquals([slope, correlation, intercept], [1, 1, 0]);
});

Deno.test("fitAccuracyLine() calls a flat line uncorrelated, and refuses models of one accuracy", () => {
  assertEquals(fitAccuracyLine([{ id: 0.5, ood: 0.5 }, { id: 0.6, ood: 0.5 }]).correlation, 0);
  assertThrows(() => fitAccuracyLine([{ id: 0.5, ood: 0.5 }, { id: 0.5, ood: 0.6 }]), TooFewPoints, "got 2");
});

Deno.test("accuracyProbit() ends a thousandth from 0 and 1", () => {
  assertEquals(accuracyProbit(1), accuracyProbit(0.999));
  assertAlmostEquals(accuracyProbit(0), -3.090232306167813, 1e-12);
});

Deno.test("meanAccuracies() leaves out models that do not count, and places without any", () => {
  assertEquals(
    meanAccuracies([[{ id: 0.5, ood: 0.25 }, undefined, undefined], [
      { id: 0.75, ood: 0.75 },
      { id: 1, ood: 0 },
      undefined,
    ]]),
    [{ id: 0.625, ood: 0.5 }, { id: 1, ood: 0 }],
  );
});

Deno.test("quantile() is NumPy's", () => {
  const { sorted, shares, values } = reference.quantiles;
  shares.forEach((share, place) => assertAlmostEquals(quantile(sorted, share), values[place]!, 1e-12));
});

const mean = (sample: readonly number[]) => ({ mean: sample.reduce((sum, x) => sum + x, 0) / sample.length });

Deno.test("bootstrap() of a mean is near the normal interval", () => {
  const sample = Array.from({ length: 200 }, (_, i) => probit((i + 0.5) / 200));
  const { low, high, n } = bootstrap(sample, mean, { resamples: 4000, seed: 1 })!.mean;
  const half = 1.96 / Math.sqrt(200);
  assertAlmostEquals(low!, -half, 0.1 * half);
  assertAlmostEquals(high!, half, 0.1 * half);
  assertEquals(n, 200);
});

Deno.test("bootstrap() is the same for a seed, open for one item, and nothing where there is no statistic", () => {
  const at = (seed: number) => bootstrap([1, 2, 5], mean, { resamples: 50, seed });
  assertEquals(at(1), at(1));
  assertEquals(bootstrap([3], mean, { resamples: 50, seed: 0 })!.mean, {
    value: 3,
    low: null,
    high: null,
    n: 1,
  });
  assertEquals(bootstrap([3], () => undefined, { resamples: 50, seed: 0 }), undefined);
});
