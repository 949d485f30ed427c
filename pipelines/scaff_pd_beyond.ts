/**
 * What the paper does not speak of: absent clients, what local steps are worth, and other regularisers.
 *
 * @module
 */
import { type Claim, claim } from "../lib/claim/claim.ts";
import { atMost, below } from "../lib/claim/expectation.ts";
import { metric } from "../lib/claim/measure.ts";
import type { ScaffPdEvidence } from "./scaff_pd_claims.ts";
import { distancesOf, ratio } from "./scaff_pd_measures.ts";
import type { ScaffPdPreset } from "./scaff_pd_presets.ts";

/** Claims on federations of made-up clients that are ours. */
export function beyondThePaper(
  { linear, logistic, others }: Pick<ScaffPdEvidence, "linear" | "logistic" | "others">,
  { localSteps, rounds }: ScaffPdPreset,
  tooSmall: { readonly outOfScale?: string },
): readonly Claim[] {
  const both = [
    { at: "a", losses: "linear regressions", federations: linear },
    { at: "b", losses: "logistic regressions", federations: logistic },
  ] as const;
  return [
    ...both.flatMap(({ at, losses, federations }) => [
      claim({
        id: `X1${at}`,
        source: "none",
        says: `Scaff-PD still comes there with half of the clients in a round, on ${losses}`,
        measure: metric(distancesOf(federations, "half"), "last"),
        expect: atMost(-8),
        unit: "log₁₀ ‖x − x*‖²",
        extension: true,
        note: `after ${rounds} rounds; an absent client stands for what it last said`,
        ...tooSmall,
      }),
      claim({
        id: `X2${at}`,
        source: "none",
        says: "and when a fifth of them drop out within a round",
        measure: metric(distancesOf(federations, "dropping"), "last"),
        expect: atMost(-8),
        unit: "log₁₀ ‖x − x*‖²",
        extension: true,
        ...tooSmall,
      }),
      claim({
        id: `X3${at}`,
        source: "none",
        says: `${localSteps} local steps save rounds against one`,
        measure: ratio(federations, "near.rounds"),
        expect: below(1),
        unit: "×",
        extension: true,
        note:
          "rounds to 10⁻⁸ with the same τ, hence the same length of the whole local way, and the same traffic a round",
        ...tooSmall,
      }),
    ]),
    ...([
      ["X5.1", "the Kullback-Leibler divergence", "entropy"],
      ["X5.2", "the conditional value at risk", "valueAtRisk"],
      ["X5.3", "the worst client alone", "agnostic"],
    ] as const).map(([id, regulariser, which]) =>
      claim({
        id,
        source: "none",
        says: `Scaff-PD solves linear regressions for ${regulariser} as well`,
        measure: metric(others.map((one) => one[which]), "gap"),
        expect: atMost(-8),
        unit: "log₁₀ gap",
        extension: true,
        note: `relative duality gap after ${rounds} rounds of constant steps`,
        ...tooSmall,
      })
    ),
  ];
}
