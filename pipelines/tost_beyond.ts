/**
 * Claims on ToST that rest on reconstructions and on attacks of ours.
 *
 * @module
 */
import { type Claim, claim } from "../lib/claim/claim.ts";
import { above, atLeast, atMost } from "../lib/claim/expectation.ts";
import { meanInterval, spanOf } from "../lib/claim/interval.ts";
import { type Measure, numberAt, span } from "../lib/claim/measure.ts";
import type { TostEvidence } from "./tost_claims.ts";
import type { TostPreset } from "./tost_preset.ts";

/** What a claim says where a preset is too small for it. */
interface TooSmall {
  readonly outOfScale?: string;
}

/** Table 3: long sequences, and that the sequences were learned at all. */
export function claimedSequences(
  sorters: TostEvidence["sorters"],
  { sequences }: TostPreset,
  tooSmall: TooSmall,
): readonly Claim[] {
  const tost = sorters.map(({ tost }) => tost);
  const softmax = sorters.map(({ softmax }) => softmax);
  const measured = (measure: Measure) =>
    sequences === undefined
      ? { outOfScale: "five minutes do not pay for sequences too; the laptop preset measures this" }
      : {
        measure,
        ...(tooSmall.outOfScale === undefined
          ? {}
          : { outOfScale: "smoke only shows that everything runs; the laptop preset measures this" }),
      };
  return [
    claim({
      id: "T7",
      source: "Table 3",
      says: "ToST is as accurate as softmax attention on long sequences",
      expect: atLeast(-2),
      paper: 0.14,
      unit: "points",
      evidence: "reconstructed",
      note: `ListOps${
        sequences === undefined
          ? ""
          : ` of ${sequences.size.shortest} to ${sequences.size.longest} symbols, lists ${sequences.size.depth} deep`
      }; the paper's number is on Long Range Arena's, of 500 to 2,000 symbols, for which it gives neither code nor settings; not judged unless both have learned`,
      ...measured(onceLearned(sorters)),
    }),
    claim({
      id: "T7*",
      source: "Table 3",
      says: "both learn more of them than the commonest answer",
      expect: above(0),
      extension: true,
      note: "the accuracy of each network and seed, minus the share of the commonest answer",
      ...measured(span([...tost, ...softmax], "beyond")),
    }),
  ];
}

/** Accuracy beyond the commonest answer's share from which on a network counts as having learned. */
const learned = 0.02;

/**
 * By how many points ToST is more accurate than its twin, as a mean over seeds; any number at all where one of them has
 * learned nothing, since two that always give the commonest answer are as accurate as each other.
 */
function onceLearned(sorters: TostEvidence["sorters"]): Measure {
  const nodes = sorters.flatMap(({ tost, softmax }) => [tost, softmax]);
  return {
    nodes,
    read: (metrics) => {
      const at = (place: number) => 100 * numberAt(metrics[place]!, "accuracy");
      const points = meanInterval(sorters.map((_, seed) => at(2 * seed) - at(2 * seed + 1)));
      return metrics.every((one) => numberAt(one, "beyond") >= learned)
        ? points
        : { ...points, low: -Infinity, high: Infinity };
    },
  };
}

/** Beyond the paper: that the attack is one. */
export function claimedAttacks(
  checks: TostEvidence["checks"],
  { attack: { epsilon, count }, check }: TostPreset,
  tooSmall: TooSmall,
): readonly Claim[] {
  const tried = `${
    check.losses.length * check.restarts
  } attempts of ${check.steps} steps, both networks of the first seed`;
  return [
    claim({
      id: "X4",
      source: "none",
      says: `the attack breaks both networks when ε is ${check.beyond}`,
      measure: span(checks.map(({ far }) => far), "accuracy"),
      expect: atMost(0.05),
      extension: true,
      note: `accuracy under Auto-PGD: ${tried}`,
      ...tooSmall,
    }),
    claim({
      id: "X5",
      source: "none",
      says: "the attack does more than noise of its size",
      measure: gap(checks, "noise", "near"),
      expect: above(0),
      unit: "points",
      extension: true,
      note:
        `accuracy under ±${epsilon} grey levels by chance on all test images, minus accuracy under Auto-PGD on the first ${count}`,
      ...tooSmall,
    }),
    claim({
      id: "X6",
      source: "none",
      says: "a stronger attack finds little that plain PGD missed",
      measure: gap(checks, "plain", "near"),
      expect: atMost(5),
      unit: "points",
      extension: true,
      note: `accuracy under PGD minus accuracy under Auto-PGD: ${tried}`,
      ...tooSmall,
    }),
  ];
}

/** By how many points one accuracy exceeds another, from the network for which it is the least to the greatest. */
function gap(
  checks: TostEvidence["checks"],
  of: keyof TostEvidence["checks"][number],
  from: keyof TostEvidence["checks"][number],
): Measure {
  return {
    nodes: checks.flatMap((check) => [check[of], check[from]]),
    read: (metrics) =>
      spanOf(
        checks.map((_, index) =>
          100 * (numberAt(metrics[2 * index]!, "accuracy") - numberAt(metrics[2 * index + 1]!, "accuracy"))
        ),
      ),
  };
}
