import { assert, assertAlmostEquals, assertEquals } from "@std/assert";
import { normal, uniform } from "../../lib/data/random.ts";
import { gaussianAccuracy, mixtureAccuracy } from "../../lib/shift/accuracy.ts";
import { shiftedErrorBound } from "../../lib/shift/bounds.ts";
import { normalCdf, probit } from "../../lib/stats/normal.ts";

const classifier = { signal: [1, 0.3, -0.2], nuisanceNorm: 2 };

Deno.test("gaussianAccuracy() is 0.6912139 in the reference case", () => {
  assertAlmostEquals(gaussianAccuracy(classifier, 0.1 ** 2 + 0.7 ** 2), 0.6912139, 1e-7);
});

Deno.test("gaussianAccuracy() is what a sample finds", () => {
  const count = 200_000;
  const x = normal({ seed: 1, stream: "sample" }, 4 * count);
  const deviation = Math.sqrt(0.1 ** 2 + 0.7 ** 2);
  let right = 0;
  for (let i = 0; i < count; i += 1) {
    const [a, b, c, d] = x.subarray(4 * i, 4 * i + 4) as unknown as [number, number, number, number];
    // Any direction of the nuisance is as good as the first.
    if ((a + 0.3 * b - 0.2 * c + 2 * deviation * d) * a > 0) right += 1;
  }
  assertAlmostEquals(right / count, gaussianAccuracy(classifier, deviation ** 2), 0.005);
});

Deno.test("gaussianAccuracy() goes to 1 without nuisance and to ½ in endless nuisance", () => {
  assertEquals(gaussianAccuracy({ signal: [3, 0, 0], nuisanceNorm: 0 }, 5), 1);
  assertAlmostEquals(gaussianAccuracy(classifier, 1e16), 0.5, 1e-7);
  assertEquals(gaussianAccuracy({ signal: [0, 0], nuisanceNorm: 0 }, 1), 0.5);
});

Deno.test("mixtureAccuracy() is Φ of the signal over the spread", () => {
  // g w₁ = 1.5, spread = √(0.25 · 1.13 + 0.16 · 4).
  assertAlmostEquals(
    mixtureAccuracy(classifier, { gap: 1.5, deviation: 0.5 }, 0.16),
    normalCdf(1.5 / Math.sqrt(0.25 * 1.13 + 0.64)),
    1e-15,
  );
  assertEquals(mixtureAccuracy({ signal: [1], nuisanceNorm: 0 }, { gap: 1, deviation: 0 }, 1), 1);
});

Deno.test("shiftedErrorBound() is 0.2513 in the reference case, below the exact 0.7766", () => {
  const [push, margin, exact] = [1.16083, 0.8, 0.7766];
  const proxyVariance = ((push - margin) / probit(exact)) ** 2;
  assertAlmostEquals(shiftedErrorBound({ margin, push, proxyVariance }), 0.2513, 5e-5);
});

Deno.test("shiftedErrorBound() never exceeds the error under a normal shift", () => {
  const draws = uniform({ seed: 2, stream: "bounds" }, 3000);
  for (let i = 0; i < 1000; i += 1) {
    const [margin, push, deviation] = [0, 1, 2].map((k) => 3 * draws[3 * i + k]!) as [number, number, number];
    const bound = shiftedErrorBound({ margin, push, proxyVariance: deviation ** 2 });
    assert(bound <= normalCdf((push - margin) / deviation) + 1e-12);
    if (push <= margin) assertEquals(bound, 0);
  }
});
