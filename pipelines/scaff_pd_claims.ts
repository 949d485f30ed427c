/**
 * What the Scaff-PD paper claims, as numbers that can come out otherwise.
 *
 * The paper's text was not to be had: what it says is known from its reviews, and marked so.
 *
 * @module
 */
import { type Claim, claim } from "../lib/claim/claim.ts";
import { atLeast, atMost, between } from "../lib/claim/expectation.ts";
import { difference, metric, numberAt } from "../lib/claim/measure.ts";
import type { PresetName } from "../lib/dag/pipeline.ts";
import { beyondThePaper } from "./scaff_pd_beyond.ts";
import { averaged, distancesOf, leastGain, relativeWorst } from "./scaff_pd_measures.ts";
import type { ScaffPdPreset } from "./scaff_pd_presets.ts";
import { realClaims, type RealEvidence } from "./scaff_pd_real_claims.ts";
import {
  type Extremes,
  type OtherRegularisers,
  strengths,
  type SyntheticFederation,
} from "./scaff_pd_synthetic.ts";

/** The nodes whose metrics the claims read. */
export interface ScaffPdEvidence {
  /** Federations of made-up clients, some for each seed. */
  readonly linear: readonly SyntheticFederation[];
  /** The same with logistic losses. */
  readonly logistic: readonly SyntheticFederation[];
  /** The linear federations at the extremes of the penalty. */
  readonly extremes: readonly Extremes[];
  /** The linear federations with other regularisers. */
  readonly others: readonly OtherRegularisers[];
  /** Federations of real data, of those data sets that the preset has. */
  readonly real: RealEvidence;
}

/** Declares the claims of the Scaff-PD paper, each at the presets that can speak to it. */
export function scaffPdClaims(
  evidence: ScaffPdEvidence,
  { preset, name }: { readonly preset: ScaffPdPreset; readonly name: PresetName },
): readonly Claim[] {
  const tooSmall = name === "smoke"
    ? { outOfScale: "smoke only shows that everything runs; the quick preset measures this" }
    : {};
  const { linear, logistic, extremes, real } = evidence;
  const { localSteps: J, rounds } = preset;
  const both = [
    { at: "a", losses: "linear regressions", federations: linear, spec: preset.synthetic.linear },
    { at: "b", losses: "logistic regressions", federations: logistic, spec: preset.synthetic.logistic },
  ] as const;
  return [
    // C1: linear convergence to the robust optimum.
    ...both.flatMap(({ at, losses, federations, spec: { clients, dimension, rho } }) => [
      claim({
        id: `C1.1${at}`,
        source: "Sec. 6.1",
        evidence: "second-hand",
        says: `Scaff-PD comes to the robust optimum of ${losses} within 100 rounds`,
        measure: metric(distancesOf(federations, "scaffPd"), "at100"),
        expect: atMost(-8),
        unit: "log₁₀ ‖x − x*‖²",
        note:
          `${clients} clients, ${dimension} features, χ² penalty with ρ = ${rho}, J = ${J}; the optimum is ` +
          "computed by another method",
        ...tooSmall,
      }),
      claim({
        id: `C1.2${at}`,
        source: "Thm 5.5",
        evidence: "second-hand",
        says: "and at a linear rate",
        measure: metric(distancesOf(federations, "scaffPd"), "linear.straightness"),
        expect: atLeast(0.95),
        unit: "R²",
        ...tooSmall,
      }),
    ]),

    // C2: methods for the average do not come near it.
    ...both.flatMap(({ at, losses, federations }) => [
      claim({
        id: `C2.1${at}`,
        source: "Sec. 3",
        evidence: "reconstructed",
        says: `FedAvg stays away from the robust optimum of ${losses}`,
        measure: metric(distancesOf(federations, "fedAvg"), "gapShare"),
        expect: atLeast(0.1),
        note: "squared distance, as a share of that between the robust and the average optimum",
        ...tooSmall,
      }),
      claim({
        id: `C2.2${at}`,
        source: "Sec. 3",
        evidence: "reconstructed",
        says: "and so does SCAFFOLD",
        measure: metric(distancesOf(federations, "scaffold"), "gapShare"),
        expect: atLeast(0.1),
        ...tooSmall,
      }),
      claim({
        id: `C2.3${at}`,
        source: "Sec. 3",
        evidence: "reconstructed",
        says: "which comes to the average optimum instead",
        measure: metric(distancesOf(federations, "scaffold"), "lastToAverage"),
        expect: atMost(-10),
        unit: "log₁₀ ‖x − x̄‖²",
        ...tooSmall,
      }),
    ]),

    // C3: the correction of local bias.
    ...both.map(({ at, losses, federations }) =>
      claim({
        id: `C3${at}`,
        source: "Sec. 4",
        evidence: "second-hand",
        says: `without the correction of bias, local steps end far off on ${losses}`,
        measure: leastGain(federations),
        expect: atLeast(3),
        unit: "powers of 10 in ‖x − x*‖²",
        note: `the smallest gain of the correction over J = ${
          preset.biased.join(", ")
        }, after ${rounds} rounds`,
        ...tooSmall,
      })
    ),

    // C4: the worst client.
    ...both.map(({ at, losses, federations }) =>
      claim({
        id: `C4${at}`,
        source: "Sec. 6.1",
        evidence: "second-hand",
        says: `the worst client's loss is lower than with FedAvg on ${losses}`,
        measure: relativeWorst(federations),
        expect: atMost(-5),
        unit: "%",
        ...tooSmall,
      })
    ),

    // C5: DRFA.
    ...both.map(({ at, losses, federations }) =>
      claim({
        id: `C5${at}`,
        source: "Sec. 6.1",
        evidence: "second-hand",
        says: `DRFA flattens out far from the robust optimum of ${losses}`,
        measure: difference(distancesOf(federations, "drfa"), distancesOf(federations, "scaffPd"), "last"),
        expect: atLeast(3),
        unit: "powers of 10 in ‖x − x*‖²",
        note:
          `after ${rounds} rounds, the best of ${preset.drfa.steps.length * preset.drfa.dualShares.length} ` +
          "settings of DRFA against one of Scaff-PD",
        ...tooSmall,
      })
    ),

    // C6: what the penalty goes between.
    claim({
      id: "C6.1",
      source: "Sec. 3",
      evidence: "verified",
      says: "a strong penalty leads to the average optimum",
      measure: averaged(
        extremes.flatMap(({ strong, stronger }) => [strong, stronger]),
        2,
        ([strong, stronger]) =>
          Math.log10(numberAt(stronger!, "gap") / numberAt(strong!, "gap")) /
          Math.log10(strengths.stronger / strengths.strong),
      ),
      expect: between(-2.1, -1.9),
      note: "exponent of ‖x − x̄‖² in ρ, from ρ = 1,000 to 10,000, by the exact solution: proved to be −2",
      ...tooSmall,
    }),
    claim({
      id: "C6.2",
      source: "Sec. 3",
      evidence: "verified",
      says: "and a weak one to the worst client alone",
      measure: averaged(
        extremes.flatMap(({ weak, worst }) => [weak, worst]),
        2,
        ([weak, worst]) =>
          (numberAt(worst!, "value") - numberAt(weak!, "value")) /
          (strengths.weak * (preset.synthetic.linear.clients - 1) / 2),
      ),
      expect: between(0, 1),
      note:
        "what the value at ρ = 0.001 is below agnostic federated learning's, as a share of the most that " +
        "the penalty can take off, ρ(N − 1)/2",
      ...tooSmall,
    }),

    // The accelerated schedule, without a penalty.
    claim({
      id: "R1",
      source: "Thm 5.1",
      evidence: "second-hand",
      says: "without a penalty the distance falls at least as 1/R²",
      measure: metric(extremes.map(({ accelerated }) => accelerated), "polynomial.slope"),
      expect: atMost(-2),
      note:
        "exponent of ‖x − x*‖² in the number of rounds, from the 10th on; the recursion of the steps is " +
        "in part remembered, not read",
      ...tooSmall,
    }),

    // Real data.
    ...realClaims(real, preset, tooSmall),

    // Beyond the paper.
    ...beyondThePaper(evidence, preset, tooSmall),
  ];
}
