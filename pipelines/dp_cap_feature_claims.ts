/**
 * What DP-Cap claims of its features, and of what makes them good.
 *
 * @module
 */
import { type Claim, claim } from "../lib/claim/claim.ts";
import { above, atLeast, below } from "../lib/claim/expectation.ts";
import { derived, difference, metric, numberAt } from "../lib/claim/measure.ts";
import { type DpCapEvidence, type RunName, type Scale, unscened } from "./dp_cap_evidence.ts";
import type { DpCapPreset } from "./dp_cap_presets.ts";

/** What each ingredient is worth at ε = 8. */
export function ingredientClaims(
  { models }: DpCapEvidence,
  { data, fewer, smaller }: DpCapPreset,
  tooSmall: Scale,
  larger: Scale,
): readonly Claim[] {
  const of = (run: RunName | "autoencoder") => models.map(({ probes }) => probes[run]);
  return [
    claim({
      id: "D3",
      source: "Table 1",
      says: "at equal ε, steps, batch and encoder, captions teach more than filling in patches does",
      evidence: "second-hand",
      measure: difference(of("eight"), of("autoencoder"), "shots.k10", 100),
      expect: above(0),
      paper: 9.3,
      unit: "points",
      note:
        "10-shot probe at ε = 8, against DP-MAE; the paper's is of full ImageNet probes against the best before",
      ...tooSmall,
    }),
    claim({
      id: "D3+",
      source: "Table 1",
      says: "and by more than a little",
      evidence: "second-hand",
      measure: difference(of("eight"), of("autoencoder"), "shots.k10", 100),
      expect: atLeast(3),
      unit: "points",
      ...larger,
    }),
    claim({
      id: "D4a",
      source: "ablation of the start",
      says: "starting from images of nothing helps the features of private training",
      evidence: "second-hand",
      measure: difference(of("eight"), of("fromRandom"), "full", 100),
      expect: atLeast(0),
      unit: "points",
      note: "full probe, against random starting values; images of waves stand in for Shaders21k",
      ...tooSmall,
    }),
    claim({
      id: "D4b",
      source: "ablation of the start",
      says: "starting from images of nothing lowers the loss that private training ends at",
      evidence: "second-hand",
      measure: difference(
        models.map(({ losses }) => losses.eight),
        models.map(({ losses }) => losses.fromRandom),
        "loss",
      ),
      expect: below(0),
      unit: "nats",
      note: "held-out captions",
      ...tooSmall,
    }),
    claim({
      id: "D5",
      source: "scaling of the data",
      says: "at the same sampling rate, noise and steps, more data make better features",
      evidence: "second-hand",
      measure: difference(of("eight"), of("fewer"), "full", 100),
      expect: atLeast(0),
      unit: "points",
      note: `full probe, ${data.train.toLocaleString("en")} examples against ` +
        `${Math.round(fewer * data.train).toLocaleString("en")}`,
      ...tooSmall,
    }),
    claim({
      id: "D10",
      source: "ablation of the batch",
      says: "at fixed ε and steps, a smaller batch makes worse features",
      evidence: "second-hand",
      ...(models[0]!.probes.smaller === undefined ? {} : {
        measure: difference(of("eight"), models.map(({ probes }) => probes.smaller!), "full", 100),
      }),
      expect: atLeast(0),
      unit: "points",
      note: `full probe, against an eighth of the batch${smaller > 1 && smaller !== 8 ? " (here less)" : ""}`,
      ...larger,
    }),
  ];
}

/** What the features and the captioner can do. */
export function representationClaims(
  { models, pixels }: DpCapEvidence,
  { probing }: DpCapPreset,
  tooSmall: Scale,
  larger: Scale,
): readonly Claim[] {
  const eight = models.map(({ probes }) => probes.eight);
  const random = models.map(({ probes }) => probes.random);
  const choices = models.flatMap(({ choices }) => choices === undefined ? [] : [choices.eight]);
  const chosen = (kind: string) => choices.length === 0 ? unscened : { measure: metric(choices, kind) };
  return [
    claim({
      id: "D8a",
      source: "Table 2",
      says: "more examples of each class make a better probe",
      evidence: "second-hand",
      measure: derived(eight, (found) => {
        const accuracies = probing.shots.map((shots) => numberAt(found, `shots.k${shots}`));
        return 100 * Math.min(...accuracies.slice(1).map((accuracy, index) => accuracy - accuracies[index]!));
      }),
      expect: above(0),
      unit: "points",
      note: `ε = 8: the least rise among ${probing.shots.join(", ")} examples of each class`,
      ...tooSmall,
    }),
    claim({
      id: "D8b",
      source: "Table 2",
      says: "features at ε = 8 are better than those of a random encoder",
      evidence: "reconstructed",
      measure: difference(eight, random, "shots.k10", 100),
      expect: atLeast(5),
      unit: "points",
      note: "10-shot probe",
      ...tooSmall,
    }),
    claim({
      id: "D8c",
      source: "Table 2",
      says: "features at ε = 8 are better than pixels",
      evidence: "reconstructed",
      measure: difference(eight, eight.map(() => pixels), "shots.k10", 100),
      expect: above(0),
      unit: "points",
      note: "10-shot probe, against means over 8 × 8 cells of each image",
      ...tooSmall,
    }),
    claim({
      id: "D9a",
      source: "Table 4 (ARO)",
      says: "at ε = 8 the captioner tells the right order of words among five",
      evidence: "second-hand",
      ...chosen("order"),
      expect: atLeast(0.3),
      note: "chance is 0.2; the paper's are 0.87 on COCO and Flickr30k, whose captions follow no rule",
      ...tooSmall,
    }),
    claim({
      id: "D9b",
      source: "Table 4 (ARO)",
      says: "at ε = 8 the captioner tells which of two things has which attribute",
      evidence: "second-hand",
      ...chosen("attribute"),
      expect: atLeast(0.55),
      paper: 0.824,
      note: "chance is 0.5",
      ...larger,
    }),
  ];
}
