/**
 * Membership inference: telling the examples that a model was trained on from others.
 *
 * @module
 */
import jStat from "jstat";
import type { Metrics } from "../kinds/metrics.ts";

/** Scores of examples: the higher, the more a model seems to know the example. */
export interface Scores {
  /** Of examples that the model was trained on. */
  readonly members: readonly number[];
  /** Of others like them. */
  readonly others: readonly number[];
}

/** A point of a receiver operating characteristic. */
interface Rates {
  /** The share of others that are taken for members. */
  readonly falsePositive: number;
  /** The share of members that are found. */
  readonly truePositive: number;
}

/** How sure one must be that a run is less private than it says: 95 %, as intervals are elsewhere. */
const CONFIDENCE = 0.95;

/**
 * How well scores tell members from others.
 *
 * @returns `auc`, the chance that a member's score is above another's, with its 95 % interval (Hanley and McNeil 1982);
 * `advantage`, the greatest difference of the two rates; `truePositive1`, the share of members found where 1 % of the others
 * are taken for members; `falsePositive` and `truePositive`, the curve; `epsilon`, the largest ε that the attack shows the
 * run to exceed at δ, by exact binomial bounds.
 */
export function membershipMetrics(scores: Scores, delta: number): Metrics {
  const curve = characteristic(scores);
  const advantage = Math.max(...curve.map(({ falsePositive, truePositive }) => truePositive - falsePositive));
  const shown = curve.filter((_, index) =>
    index % Math.ceil(curve.length / 100) === 0 || index === curve.length - 1
  );
  return {
    auc: { ...aucOf(scores) },
    advantage,
    truePositive1: Math.max(
      0,
      ...curve.filter(({ falsePositive }) => falsePositive <= 0.01).map(({ truePositive }) => truePositive),
    ),
    falsePositive: shown.map(({ falsePositive }) => falsePositive),
    truePositive: shown.map(({ truePositive }) => truePositive),
    epsilon: shownEpsilon(scores, delta),
    members: scores.members.length,
    others: scores.others.length,
  };
}

/** The most members that any attack finds on a run within ε and δ where it takes a share of the others for members. */
export function boundOfEpsilon(epsilon: number, delta: number, falsePositive: number): number {
  return Math.min(
    1,
    Math.exp(epsilon) * falsePositive + delta,
    1 - Math.exp(-epsilon) * (1 - delta - falsePositive),
  );
}

/** The rates at every threshold, from the one that finds nobody. */
function characteristic({ members, others }: Scores): readonly Rates[] {
  const all = [
    ...members.map((score) => ({ score, member: true })),
    ...others.map((score) => ({ score, member: false })),
  ].sort((a, b) => b.score - a.score);
  const curve: Rates[] = [{ falsePositive: 0, truePositive: 0 }];
  let [found, mistaken] = [0, 0];
  all.forEach(({ score, member }, index) => {
    if (member) found += 1;
    else mistaken += 1;
    if (all[index + 1]?.score === score) return; // equal scores cannot be told apart
    curve.push({ falsePositive: mistaken / others.length, truePositive: found / members.length });
  });
  return curve;
}

function aucOf({ members, others }: Scores) {
  const curve = characteristic({ members, others });
  const value = curve.slice(1).reduce((area, { falsePositive, truePositive }, index) => {
    const before = curve[index]!;
    return area + (falsePositive - before.falsePositive) * (truePositive + before.truePositive) / 2;
  }, 0);
  const [m, n] = [members.length, others.length];
  const twoMembers = value / (2 - value);
  const twoOthers = 2 * value ** 2 / (1 + value);
  const variance =
    (value * (1 - value) + (m - 1) * (twoMembers - value ** 2) + (n - 1) * (twoOthers - value ** 2)) /
    (m * n);
  const half = 1.959964 * Math.sqrt(Math.max(0, variance));
  return { value, low: value - half, high: value + half, n: m + n };
}

/** How many thresholds are tried. */
const THRESHOLDS = 200;

/**
 * The ε that an attack shows a run to exceed (Jagielski and others 2020): log((TPR − δ)/FPR), with the lower bound of Clopper
 * and Pearson for one rate and the upper bound for the other. The threshold is chosen on half of the examples and the bounds
 * are of the other half.
 */
function shownEpsilon({ members, others }: Scores, delta: number): number {
  const half = (scores: readonly number[], rest: number) => scores.filter((_, index) => index % 2 === rest);
  const chosen = { members: half(members, 0), others: half(others, 0) };
  const judged = { members: half(members, 1), others: half(others, 1) };
  const sorted = [...chosen.members, ...chosen.others].sort((a, b) => a - b);
  const step = Math.max(1, Math.floor(sorted.length / THRESHOLDS));
  let best = { threshold: Infinity, epsilon: 0 };
  for (let place = 0; place < sorted.length; place += step) {
    const epsilon = epsilonAt(chosen, sorted[place]!, delta);
    if (epsilon > best.epsilon) best = { threshold: sorted[place]!, epsilon };
  }
  return epsilonAt(judged, best.threshold, delta);
}

/** The ε that taking everyone with at least a score for a member shows; at least 0. */
function epsilonAt({ members, others }: Scores, threshold: number, delta: number): number {
  const above = (scores: readonly number[]) =>
    scores.reduce((count, score) => score >= threshold ? count + 1 : count, 0);
  const [found, mistaken] = [above(members), above(others)];
  // Half of the error for each of the two bounds.
  const error = (1 - CONFIDENCE) / 2;
  const least = found === 0 ? 0 : jStat.beta.inv(error, found, members.length - found + 1);
  const most = mistaken === others.length
    ? 1
    : jStat.beta.inv(1 - error, mistaken + 1, others.length - mistaken);
  return least > delta ? Math.max(0, Math.log((least - delta) / most)) : 0;
}
