/**
 * What is measured of DP-Cap beyond the paper: attacks, and what noise hides.
 *
 * @module
 */
import { type Claim, claim } from "../lib/claim/claim.ts";
import { above, atLeast, atMost } from "../lib/claim/expectation.ts";
import type { Interval } from "../lib/claim/interval.ts";
import { difference, metric, span } from "../lib/claim/measure.ts";
import { type DpCapEvidence, type Measured, type Scale, unscened } from "./dp_cap_evidence.ts";
import type { DpCapPreset } from "./dp_cap_presets.ts";

/** Why a preset says nothing of attacks with shadow models. */
const unshadowed: Scale = {
  outOfScale: "shadow models would cost as much as all other runs together; the laptop preset has them",
};

/** Declares what is claimed beyond the paper. */
export function extensionClaims(
  { models, shadows }: DpCapEvidence,
  { counts }: DpCapPreset,
  tooSmall: Scale,
  larger: Scale,
): readonly Claim[] {
  const attacked = `${counts.attacked.toLocaleString("en")} examples of each kind`;
  const beyond = { source: "none", extension: true } as const;
  const zeroShot = models.flatMap(({ zeroShot }) => zeroShot === undefined ? [] : [zeroShot.eight]);
  const attack = (nodes: readonly Measured[] | undefined) =>
    nodes === undefined ? {} : { measure: span(nodes, "epsilon") };
  return [
    claim({
      ...beyond,
      id: "X1",
      says: "at ε = 8 every private run spent at most ε = 8, by what ran",
      measure: span(
        models.flatMap(({ spent }) => [spent.eight, spent.two, spent.fromRandom, spent.autoencoder]),
        "epsilon",
      ),
      expect: atMost(8),
      note: "runs at ε = 2 and 8, at δ = 1/N, by Rényi divergences",
    }),
    claim({
      ...beyond,
      id: "X2",
      says: "an attack on losses shows no run at ε = 8 to leak more than ε = 8",
      ...attack(models.map(({ attacks }) => attacks.eight)),
      expect: atMost(8),
      note: `lower bound of ε that the attack proves, 95 %; ${attacked}`,
      ...tooSmall,
    }),
    claim({
      ...beyond,
      id: "X3",
      says: "without noise, an attack on losses tells members from others",
      measure: {
        nodes: models.map(({ attacks }) => attacks.infinite),
        read: (found) => meanOfIntervals(found.map(({ auc }) => auc as unknown as Interval)),
      },
      expect: above(0.5),
      note:
        `area under the curve; the interval is over examples: every seed's attack sees the same ${attacked}`,
      ...tooSmall,
    }),
    claim({
      ...beyond,
      id: "X4",
      says: "with shadow models, an attack shows no run at ε = 8 to leak more than ε = 8",
      ...attack(shadows === undefined ? undefined : [shadows.eight]),
      expect: atMost(8),
      note: "likelihood-ratio attack on models of random halves",
      ...(shadows === undefined ? unshadowed : {}),
      ...larger,
    }),
    claim({
      ...beyond,
      id: "X5",
      says: "ten times the batch at the same noise would make up for some of what ε = 8 costs",
      measure: difference(
        models.map(({ probes }) => probes.tenfold),
        models.map(({ probes }) => probes.eight),
        "full",
        100,
      ),
      expect: atLeast(0),
      unit: "points",
      note: "full probe of a run that imitates that ratio of signal to noise, and is not private",
      ...tooSmall,
    }),
    claim({
      ...beyond,
      id: "X6",
      says: "at ε = 8 the captioner classifies without examples, by which label it would say",
      ...(zeroShot.length === 0 ? unscened : { measure: metric(zeroShot, "likelihood") }),
      expect: { least: 1 / 48, most: Infinity, words: "> 1/48" },
      note: "colour and shape of the largest object among 48; chance is 0.021",
      ...tooSmall,
    }),
  ];
}

/** The mean of numbers that were measured on the same sample, whose intervals the mean does not make narrower. */
function meanOfIntervals(intervals: readonly Interval[]): Interval {
  const mean = (end: "value" | "low" | "high") =>
    intervals.reduce((sum, one) => sum + one[end], 0) / intervals.length;
  return { value: mean("value"), low: mean("low"), high: mean("high"), n: intervals[0]!.n };
}
