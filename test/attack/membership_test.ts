import { assert, assertAlmostEquals, assertEquals } from "@std/assert";
import { likelihoodRatios, randomHalf } from "../../lib/attack/likelihood_ratio.ts";
import { boundOfEpsilon, membershipMetrics } from "../../lib/attack/membership.ts";
import { normal } from "../../lib/data/random.ts";

const draws = (count: number, step: number, shift = 0) =>
  Array.from(normal({ seed: 1, stream: "scores", step }, count), (z) => z + shift);

Deno.test("the area under the curve is the share of pairs in the right order, ties counting half", () => {
  const { auc } = membershipMetrics({ members: [3, 2, 2, 0], others: [2, 1, -1, 0] }, 1e-3);
  // Pairs in order: 4 + 3.5 + 3.5 + 1.5 of 16.
  assertAlmostEquals((auc as unknown as { value: number }).value, 12.5 / 16, 1e-12);
});

Deno.test("an attack on scores that tell nothing shows nothing, and its intervals mostly hold one half", () => {
  const found = Array.from(
    { length: 20 },
    (_, pair) => membershipMetrics({ members: draws(500, 100 + pair), others: draws(500, 200 + pair) }, 1e-3),
  );
  const holding = found.filter(({ auc }) => {
    const { low, high } = auc as unknown as { low: number; high: number };
    return low < 0.5 && 0.5 < high;
  });
  assert(holding.length >= 16, `${holding.length} of 20`); // 19 expected; fewer than 16 once in 400 times
  const epsilons = found.map(({ epsilon }) => epsilon as number);
  assert(epsilons.filter((epsilon) => epsilon > 0.3).length <= 2, `ε ${epsilons}`);
});

Deno.test("an attack shows no more ε than the Gaussian mechanism has, and a good part of it", () => {
  // N(1, 1) against N(0, 1) is the mechanism at σ = 1: ε = 4.38 at δ = 1e-5.
  const found = membershipMetrics({ members: draws(20_000, 2, 1), others: draws(20_000, 3) }, 1e-5);
  const epsilon = found.epsilon as number;
  assert(epsilon > 1 && epsilon < 4.38, `${epsilon}`);
  assertAlmostEquals((found.auc as unknown as { value: number }).value, 0.76025, 0.01); // Φ(1/√2)
  const [x, y] = [found.falsePositive as number[], found.truePositive as number[]];
  x.forEach((rate, place) => assert(y[place]! <= boundOfEpsilon(4.38, 1e-5, rate) + 0.01));
});

Deno.test("boundOfEpsilon() is guessing at ε = 0, and everything at last", () => {
  assertAlmostEquals(boundOfEpsilon(0, 0, 0.3), 0.3, 1e-12);
  assertEquals(boundOfEpsilon(8, 1e-3, 1), 1);
  assertAlmostEquals(boundOfEpsilon(Math.log(2), 0, 0.1), 0.2, 1e-12);
  assertAlmostEquals(boundOfEpsilon(Math.log(2), 0, 0.8), 0.9, 1e-12);
});

Deno.test("likelihood ratios find members where examples are of different difficulty and plain losses do not", () => {
  const count = 400;
  const difficulty = draws(count, 4).map((z) => 3 * z);
  const inside = Array.from({ length: 6 }, (_, half) => randomHalf(count, half, 5));
  const losses = inside.map((half, model) => {
    const noise = draws(count, 10 + model).map((z) => 0.3 * z);
    return Float32Array.from(difficulty, (own, example) => own + noise[example]! - (half[example] ? 1 : 0));
  });
  const auc = (scores: Parameters<typeof membershipMetrics>[0]) =>
    (membershipMetrics(scores, 1e-3).auc as unknown as { value: number }).value;
  const plain = {
    members: [...losses[0]!].filter((_, example) => inside[0]![example]).map((loss) => -loss),
    others: [...losses[0]!].filter((_, example) => !inside[0]![example]).map((loss) => -loss),
  };
  assert(auc(likelihoodRatios({ losses, inside })) > 0.9);
  assert(auc(plain) < 0.7);
});

Deno.test("randomHalf() takes about half, another half for another number", () => {
  const [one, other] = [randomHalf(1000, 0, 1), randomHalf(1000, 1, 1)];
  assertAlmostEquals(one.filter(Boolean).length, 500, 60);
  assertAlmostEquals(one.filter((inside, example) => inside === other[example]).length, 500, 60);
});
