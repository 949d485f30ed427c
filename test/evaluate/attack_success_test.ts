import { assertAlmostEquals, assertEquals } from "@std/assert";
import { atMost } from "../../lib/claim/expectation.ts";
import { verdict } from "../../lib/claim/verdict.ts";
import {
  accuracySlope,
  type AttackSuccess,
  keptSuccess,
  remainingSuccess,
  type Robustness,
  trendInCompute,
  trendInStrength,
  whereDefined,
} from "../../lib/evaluate/attack_success.ts";
import type { Metrics } from "../../lib/kinds/metrics.ts";
import { judgeVotes } from "../../lib/evaluate/votes.ts";
import { majority } from "../../lib/stats/voting.ts";

const computes = [1, 2, 4].map((operations) => ({ loops: operations, passes: 0, operations }));
const attack = (
  strength: number,
  success: readonly (number | null)[],
  counted = [50, 50, 50],
): AttackSuccess => ({
  ...{ attack: "many-shot", goal: "42", free: [] },
  ...{ strength, success, counted },
});
const of = (...attacks: readonly AttackSuccess[]): Robustness => ({
  computes,
  accuracy: [0.5, 0.7, 0.9],
  attacks,
});

Deno.test("an attack that fails the more, the more is computed, has a trend of −1", () => {
  assertEquals(trendInCompute(of(attack(1, [0.9, 0.5, 0.1])), "many-shot"), -1);
  assertEquals(trendInCompute(of(attack(1, [0.9, 0.5, 0.1]), attack(2, [0.1, 0.5, 0.9])), "many-shot"), 0);
  assertEquals(trendInCompute(of(attack(1, [0.2, 0.2, 0.2])), "many-shot"), 0);
});

Deno.test("what is left of success is measured from its peak, what is kept from the least compute", () => {
  const robustness = of(attack(1, [0.4, 0.8, 0.2]), attack(2, [0, 0, 0]));
  assertEquals(remainingSuccess(robustness, "many-shot"), 0.25);
  assertEquals(keptSuccess(robustness, "many-shot"), 0.5);
});

Deno.test("of attacks that never succeed no trend is known, so that nothing is claimed of them", () => {
  for (const none of [of(), of(attack(1, [0, 0, 0]), attack(2, [0, 0, 0]))]) {
    for (const trend of [trendInCompute, trendInStrength, remainingSuccess, keptSuccess]) {
      assertEquals(trend(none, "many-shot"), undefined);
    }
    const measure = whereDefined([], (one) => trendInCompute(one, "many-shot"));
    const interval = measure.read([none as unknown as Metrics]);
    assertEquals(verdict(interval, atMost(-0.5)), "inconclusive");
  }
});

Deno.test("cells with few questions do not count", () => {
  assertEquals(remainingSuccess(of(attack(1, [1, 0.8, 0.2], [9, 50, 50])), "many-shot"), 0.25);
  assertEquals(trendInCompute(of(attack(1, [null, 0.8, 0.2])), "many-shot"), -1);
});

Deno.test("the trend in strength is taken at each compute", () => {
  const robustness = of(attack(1, [0.1, 0.2, 0.3]), attack(2, [0.4, 0.5, 0.3]), attack(4, [0.6, 0.7, 0.3]));
  assertAlmostEquals(trendInStrength(robustness, "many-shot")!, 2 / 3, 1e-12);
});

Deno.test("the slope of accuracy is for each doubling of compute", () => {
  assertAlmostEquals(accuracySlope(of()), 0.2, 1e-12);
});

Deno.test("judgeVotes() counts majorities beside the law", () => {
  const metrics = judgeVotes([
    { probability: 0.3, votes: [true, false, false] },
    { probability: 0.6, votes: [false, true, true] },
  ], [1, 3]);
  const [one, three] = metrics.laws as readonly Record<string, number>[];
  assertEquals([one!.empirical, three!.empirical], [0.5, 0.5]);
  assertAlmostEquals(one!.exact!, 0.45, 1e-12);
  assertAlmostEquals(three!.exact!, (majority(0.3, 3) + majority(0.6, 3)) / 2, 1e-12);
  assertAlmostEquals(one!.standardError!, Math.sqrt(0.21 + 0.24) / 2, 1e-12);
  assertAlmostEquals(three!.below!, 0.216, 1e-12);
  assertAlmostEquals(three!.above!, 0.648, 1e-12);
});
