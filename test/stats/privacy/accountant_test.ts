import { assert, assertAlmostEquals, assertThrows } from "@std/assert";
import { epsilonByLosses } from "../../../lib/stats/privacy/loss_distribution.ts";
import { PrivacyError } from "../../../lib/stats/privacy/mechanism.ts";
import { noiseFor, totalNoise } from "../../../lib/stats/privacy/noise.ts";
import { epsilonByRenyi, renyiDivergence } from "../../../lib/stats/privacy/renyi.ts";
import { privacyTable } from "../../../lib/stats/privacy/reference.ts";

Deno.test("the accountant by Rényi divergences gives the reference table to a thousandth, at the same orders", () => {
  for (const { rate, noise, steps, delta, renyi, order, whole, wholeOrder } of privacyTable) {
    const found = epsilonByRenyi({ rate, noise, steps }, delta);
    assertAlmostEquals(found.epsilon, renyi, 1e-3);
    assertAlmostEquals(found.order, order, 1e-9);
    const wholeOrders = Array.from({ length: 255 }, (_, index) => index + 2);
    const atWhole = epsilonByRenyi({ rate, noise, steps }, delta, wholeOrders);
    assertAlmostEquals(atWhole.epsilon, whole, 1e-3);
    assertAlmostEquals(atWhole.order, wholeOrder, 1e-9);
  }
});

Deno.test("the accountant by loss distributions gives the reference table to 0.02", () => {
  for (const { rate, noise, steps, delta, losses } of privacyTable) {
    assertAlmostEquals(epsilonByLosses({ rate, noise, steps }, delta), losses, 0.02);
  }
});

Deno.test("one step's Rényi divergence is that of the reference, from rare to certain sampling", () => {
  const expected = [
    [{ rate: 0.01, noise: 1 }, [1.71813422e-4, 3.63154049e-4, 8.93643908e-4, 3.08785078, 11.2462759]],
    [
      { rate: 1310720 / 233e6, noise: 0.728 },
      [1.77151503e-4, 4.4518956e-4, 1.62724473, 9.56896939, 24.8420171],
    ],
    [{ rate: 1, noise: 2 }, [0.25, 0.5, 1, 2, 4]],
  ] as const;
  for (const [mechanism, divergences] of expected) {
    [2, 4, 8, 16, 32].forEach((order, index) => {
      const wanted = divergences[index]!;
      assertAlmostEquals(renyiDivergence(mechanism, order), wanted, 1e-8 * wanted);
    });
  }
});

Deno.test("a fractional order's divergence is that of numerical integration", () => {
  // log of Σ N(x; 0, σ²) (1 − q + q e^((2x−1)/2σ²))^α over 4,000,001 points of [−60σ, 80σ], in NumPy
  const integrated = [
    [{ rate: 1_310_720 / 233_804_767, noise: 0.728 }, 4.3, 0.0005110204518370006],
    [{ rate: 0.093248, noise: 2.4255 }, 2.9, 0.0023690766947122373],
    [{ rate: 0.3, noise: 1.5 }, 2.5, 0.06514058876027266],
  ] as const;
  for (const [mechanism, order, divergence] of integrated) {
    assertAlmostEquals(renyiDivergence(mechanism, order), divergence, 1e-9);
  }
});

Deno.test("a fractional order lies between its neighbours, and close to a whole one at its value", () => {
  for (const mechanism of [{ rate: 0.01, noise: 0.6 }, { rate: 0.3, noise: 1.5 }]) {
    for (const order of [2, 3, 7]) {
      const at = renyiDivergence(mechanism, order);
      assertAlmostEquals(renyiDivergence(mechanism, order + 1e-9), at, 1e-6 * at);
      const between = renyiDivergence(mechanism, order + 0.5);
      assert(at < between && between < renyiDivergence(mechanism, order + 1));
    }
  }
});

Deno.test("accountants agree with dp-accounting 0.6.0 at points drawn at random", () => {
  for (const [rate, noise, steps, delta, renyi, losses] of DP_ACCOUNTING) {
    const run = { rate, noise, steps };
    // dp-accounting adds magnitudes where the series alternates: its bound is a little higher, never lower.
    const { epsilon } = epsilonByRenyi(run, delta);
    assert(epsilon <= renyi + 1e-7 && epsilon > 0.99 * renyi, `${epsilon} for ${renyi}`);
    assertAlmostEquals(epsilonByLosses(run, delta), losses, 0.02);
  }
});

Deno.test("without subsampling the loss distribution gives the closed form of the Gaussian mechanism", () => {
  // δ = Φ(μ/2 − ε/μ) − e^ε Φ(−μ/2 − ε/μ) with μ = √T/σ
  assertAlmostEquals(epsilonByLosses({ rate: 1, noise: 1, steps: 1 }, 1e-5), 4.377178095681, 1e-4);
  assertAlmostEquals(epsilonByLosses({ rate: 1, noise: 10, steps: 4 }, 1e-5), 0.725521750858, 1e-4);
});

Deno.test("the loss distribution never makes a run look more private than the closed form", () => {
  assert(epsilonByLosses({ rate: 1, noise: 1, steps: 1 }, 1e-5) >= 4.377178095681 - 1e-9);
  assert(epsilonByLosses({ rate: 1, noise: 10, steps: 4 }, 1e-5) >= 0.725521750858 - 1e-9);
});

Deno.test("noise is found from ε: the paper's two runs", () => {
  const examples = 233e6;
  const paper = { rate: 1310720 / examples, delta: 1 / examples };
  assertAlmostEquals(noiseFor({ ...paper, steps: 5708, epsilon: 8.07295 }), 0.728, 1e-4);
  assertAlmostEquals(noiseFor({ ...paper, steps: 2854, epsilon: 1.997682 }), 1.18, 1e-4);
});

Deno.test("the total amount of noise is TAN's, and far below the accountant where σ < 1", () => {
  const run = { rate: 1310720 / 233e6, noise: 0.728, steps: 5708 };
  const { etaSquared, epsilon } = totalNoise(run, 1 / 233e6);
  assertAlmostEquals(etaSquared, 0.170411626, 1e-8);
  assertAlmostEquals(epsilon, 3.794356, 1e-5);
  assert(epsilonByRenyi(run, 1 / 233e6).epsilon > 2 * epsilon);
});

Deno.test("nonsense is refused in words", () => {
  const run = { rate: 0.01, noise: 1, steps: 10 };
  for (const accountant of [epsilonByRenyi, epsilonByLosses, totalNoise]) {
    assertThrows(() => accountant({ ...run, rate: 1.5 }, 1e-5), PrivacyError, "sampling rate q");
    assertThrows(() => accountant({ ...run, rate: 0 }, 1e-5), PrivacyError, "sampling rate q");
    assertThrows(() => accountant({ ...run, noise: 0 }, 1e-5), PrivacyError, "without noise no ε");
    assertThrows(() => accountant({ ...run, noise: NaN }, 1e-5), PrivacyError, "noise multiplier");
    assertThrows(() => accountant({ ...run, steps: 0.5 }, 1e-5), PrivacyError, "number of steps");
    assertThrows(() => accountant(run, 0), PrivacyError, "δ is a probability");
  }
  assertThrows(
    () => noiseFor({ rate: 0.1, steps: 10, epsilon: -1, delta: 1e-5 }),
    PrivacyError,
    "ε is a positive",
  );
  assertThrows(
    () => noiseFor({ rate: 1, steps: 1e9, epsilon: 1e-3, delta: 1e-9 }),
    PrivacyError,
    "any noise",
  );
});

/** Rate, noise, steps, δ; then ε by Rényi divergences at the orders of Opacus, and by loss distributions. */
const DP_ACCOUNTING = [
  [0.052456, 1.4808, 1, 1e-5, 0.69985383, 0.378755],
  [0.156975, 3.699, 152, 1e-5, 2.4173739, 2.212899],
  [0.093248, 2.4255, 2324, 1e-5, 10.43450352, 9.694195],
  [0.001017, 3.508, 1, 1e-4, 0.06573155, 0.00004],
  [0.09334, 1.156, 1280, 1e-5, 22.34102952, 20.656899],
  [0.006445, 2.0083, 1, 1e-6, 0.22911607, 0.026072],
  [0.002166, 2.8637, 213, 1e-5, 0.10702414, 0.032748],
  [0.010862, 3.9904, 3396, 1e-6, 0.72203602, 0.667614],
] as const;
