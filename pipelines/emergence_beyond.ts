/**
 * Claims on the emergence of segmentation that are not in the paper: other thresholds, what chance and training explain,
 * attacks.
 *
 * @module
 */
import { type Claim, claim } from "../lib/claim/claim.ts";
import { above, atLeast, atMost, type Expectation } from "../lib/claim/expectation.ts";
import { derived, difference, type Measure, numberAt, span } from "../lib/claim/measure.ts";
import type { EmergenceEvidence } from "./emergence_evidence.ts";
import type { EmergencePreset } from "./emergence_presets.ts";

/** How the paper's claims are made. */
interface Manner {
  readonly preset: EmergencePreset;
  /** What is said of claims that need labels of the test images, where there are none. */
  readonly unlabelled: Pick<Claim, "outOfScale">;
  readonly gated: (id: string, source: string, says: string, measure: Measure, expect: Expectation) => Claim;
}

/** Claims that the paper does not make. */
export function beyondThePaper(
  { seeds, overwhelmed }: EmergenceEvidence,
  { preset: { attack }, unlabelled, gated }: Manner,
): readonly Claim[] {
  const crate = seeds.map(({ networks }) => networks.crate.segmentation);
  const vit = seeds.map(({ networks }) => networks.vit.segmentation);
  const beyond = (
    id: string,
    says: string,
    measure: Measure,
    expect: Expectation,
    unit = "points",
    scale: Pick<Claim, "outOfScale"> = {},
  ) => {
    const { evidence: _, ...own } = gated(id, "none", says, measure, expect);
    return claim({ ...own, unit, extension: true, ...scale });
  };
  const over = (baseline: string) =>
    derived(
      crate,
      (found) => 100 * (numberAt(found, "penultimate.entries") - numberAt(found, `${baseline}.entries`)),
    );
  const damage = (network: "crate" | "vit") =>
    difference(
      seeds.map(({ attacked }) => attacked[network].noise),
      seeds.map(({ attacked }) => attacked[network].attack),
      "accuracy",
      100,
    );
  const size = `PGD of ${attack.steps} steps of ${attack.stepSize} within ε = ${attack.epsilon} grey levels`;
  return [
    beyond(
      "E1b",
      "CRATE's attention shows the object better than ViT's, keeping 60 % of the attention",
      difference(crate, vit, "penultimate.mass", 100),
      atLeast(2),
    ),
    beyond(
      "E1c",
      "CRATE's attention shows the object better than ViT's, keeping as many patches as it has",
      difference(crate, vit, "penultimate.oracle", 100),
      atLeast(2),
    ),
    beyond("E1d", "CRATE's attention shows the object better than chance does", over("random"), above(0)),
    beyond(
      "E1e",
      "CRATE's attention shows the object better than looking near the centre does",
      over("centre"),
      above(0),
    ),
    beyond(
      "E1f",
      "it is training that makes CRATE's attention show the object",
      difference(crate, seeds.map(({ untrained }) => untrained.crate), "penultimate.entries", 100),
      above(0),
    ),
    beyond(
      "E6*",
      "it is training that makes the first principal component show the object",
      difference(
        seeds.map(({ split }) => split.trained),
        seeds.map(({ split }) => split.untrained),
        "gap",
      ),
      above(0),
      "",
    ),
    beyond(
      "X1",
      `under attack (${size}), CRATE's attention shows the object better than ViT's`,
      difference(
        seeds.map(({ attacked }) => attacked.crate.maps),
        seeds.map(({ attacked }) => attacked.vit.maps),
        "penultimate.entries",
        100,
      ),
      atLeast(2),
      "points",
      unlabelled,
    ),
    ...(["crate", "vit"] as const).map((network, index) =>
      claim({
        id: `X${index + 2}`,
        source: "none",
        says: `the attack costs ${
          network === "crate" ? "CRATE" : "ViT"
        } more accuracy than noise of its size`,
        measure: damage(network),
        expect: above(0),
        unit: "points",
        extension: true,
        note: "shows that the attack works",
        ...unlabelled,
      })
    ),
    claim({
      id: "X4",
      source: "none",
      says: "within ε = 128 the attack leaves CRATE nothing",
      measure: span(overwhelmed, "accuracy"),
      expect: atMost(0.05),
      extension: true,
      note: "shows that the attack works; one seed",
      ...unlabelled,
    }),
  ];
}
