/**
 * What DP-Cap claims, as numbers that can come out otherwise.
 *
 * The paper's own text was not at hand: its abstract and program were, and its tables from others' accounts. Thresholds were
 * fixed before anything here was measured.
 *
 * @module
 */
import { type Claim, claim } from "../lib/claim/claim.ts";
import { above, atLeast, atMost, below, between } from "../lib/claim/expectation.ts";
import { exactly, meanInterval } from "../lib/claim/interval.ts";
import { derived, difference, type Measure, metric, numberAt } from "../lib/claim/measure.ts";
import type { Node } from "../lib/dag/node.ts";
import type { PresetName } from "../lib/dag/pipeline.ts";
import type { Metrics } from "../lib/kinds/metrics.ts";
import type { DpCapPreset } from "./dp_cap_presets.ts";
import { extensionClaims } from "./dp_cap_beyond.ts";

/** A node whose metrics are read. */
export type Measured = Node<typeof Metrics>;

/** The trainings of which something is measured. */
type RunName = "infinite" | "eight" | "two" | "fromRandom" | "fewer" | "quarter" | "tenfold";

/** What is measured of every training. */
type OfRuns = Readonly<Record<RunName, Measured>>;

/** The nodes whose metrics the claims read. */
export interface DpCapEvidence {
  /** Of each seed. */
  readonly models: readonly {
    readonly spent: OfRuns & { readonly autoencoder: Measured };
    readonly probes: OfRuns & Readonly<Record<"random" | "start" | "autoencoder", Measured>> & {
      /** Where the preset has it. */
      readonly smaller?: Measured;
    };
    readonly losses: OfRuns;
    /** Of rendered scenes only. */
    readonly choices?: Readonly<Record<"infinite" | "eight" | "two", Measured>>;
    readonly zeroShot?: Readonly<Record<"infinite" | "eight" | "two", Measured>>;
    readonly attacks: Readonly<Record<"infinite" | "eight" | "two", Measured>>;
  }[];
  /** A probe of pixels. */
  readonly pixels: Measured;
  /** The accountants against a reference. */
  readonly reference: Measured;
  /** Ghost norms against gradients made one by one. */
  readonly ghosts: Measured;
  /** The likelihood-ratio attack, where a preset has it. */
  readonly shadows?: Readonly<Record<"infinite" | "eight", Measured>>;
}

/** Where a preset cannot speak to a claim. */
export type Scale = { readonly outOfScale?: string };

/** Why photographs' captions cannot speak to what is asked of scenes'. */
export const unscened: Scale = {
  outOfScale: "wrong captions are made by the rule of rendered scenes; the laptop preset measures this",
};

/** Declares the claims of DP-Cap, each at the presets that can speak to it. */
export function dpCapClaims(
  evidence: DpCapEvidence,
  { preset, name }: { readonly preset: DpCapPreset; readonly name: PresetName },
): readonly Claim[] {
  const tooSmall: Scale = name === "smoke"
    ? { outOfScale: "smoke only shows that everything runs; the quick preset measures this" }
    : {};
  const larger: Scale = name === "smoke" || name === "quick"
    ? { outOfScale: `the ${name} preset trains too little for it; the laptop preset measures this` }
    : {};
  return [
    ...mechanismClaims(evidence),
    ...ingredientClaims(evidence, preset, tooSmall, larger),
    ...privacyClaims(evidence, preset, tooSmall),
    ...representationClaims(evidence, preset, tooSmall, larger),
    ...extensionClaims(evidence, preset, tooSmall, larger),
  ];
}

/** The accountants, and clipping. */
function mechanismClaims({ reference, ghosts }: DpCapEvidence): readonly Claim[] {
  const exact = (node: Measured, path: string): Measure => ({
    nodes: [node],
    read: ([found]) => exactly(numberAt(found!, path)),
  });
  return [
    claim({
      id: "D1a",
      source: "Section 3",
      says: "the accountant by Rényi divergences gives known ε, the paper's two runs among them",
      evidence: "verified",
      measure: exact(reference, "renyi"),
      expect: atMost(1e-3),
      note: "greatest difference of 18 runs from dp-accounting 0.6.0",
    }),
    claim({
      id: "D1b",
      source: "Section 3",
      says: "the accountant by loss distributions gives known ε",
      evidence: "verified",
      measure: exact(reference, "losses"),
      expect: atMost(0.02),
      note: "the same runs",
    }),
    claim({
      id: "D2a",
      source: "Appendix (program)",
      says: "ghost norms are the norms of per-example gradients, on every layer",
      evidence: "verified",
      measure: {
        nodes: [ghosts],
        read: ([found]) => exactly(Math.max(...Object.values(found!.layers as Record<string, number>))),
      },
      expect: atMost(1e-4),
      note: "greatest relative difference over layers and examples, in float32",
    }),
    claim({
      id: "D2b",
      source: "Appendix (program)",
      says: "the clipped sum points where per-example clipping points",
      evidence: "verified",
      measure: exact(ghosts, "shortfall"),
      expect: atMost(1e-6),
      note: "1 minus the cosine between the two sums",
    }),
  ];
}

/** What each ingredient is worth at ε = 8. */
function ingredientClaims(
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
      paper: 65.8 - 56.5,
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

/** What privacy costs, and how a run's cost is told without paying for it. */
function privacyClaims(
  { models }: DpCapEvidence,
  { recipe }: DpCapPreset,
  tooSmall: Scale,
): readonly Claim[] {
  const of = (run: RunName) => models.map(({ probes }) => probes[run]);
  const seeds = models.length;
  return [
    claim({
      id: "D6a",
      source: "Table 5",
      says: "features are no worse without noise than at ε = 8",
      evidence: "second-hand",
      measure: difference(of("infinite"), of("eight"), "full", 100),
      expect: atLeast(-1),
      unit: "points",
      note: "full probe",
      ...tooSmall,
    }),
    claim({
      id: "D6b",
      source: "Table 5",
      says: "features are no worse at ε = 8 than at ε = 2",
      evidence: "second-hand",
      measure: difference(of("eight"), of("two"), "full", 100),
      expect: atLeast(-1),
      unit: "points",
      note: "full probe",
      ...tooSmall,
    }),
    claim({
      id: "D7",
      source: "Section 4 (TAN)",
      says: "a quarter of the batch with a quarter of the noise ends at the same loss",
      evidence: "verified",
      measure: {
        nodes: [...models.map(({ losses }) => losses.quarter), ...models.map(({ losses }) => losses.eight)],
        read: (found) =>
          meanInterval(
            found.slice(0, seeds).map((quarter, seed) =>
              100 * (numberAt(quarter, "loss") / numberAt(found[seeds + seed]!, "loss") - 1)
            ),
          ),
      },
      expect: between(-5, 5),
      unit: "%",
      note: `held-out loss after ${recipe.steps} steps against ε = 8's; the imitating run is not private`,
      ...tooSmall,
    }),
  ];
}

/** What the features and the captioner can do. */
function representationClaims(
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
      note: "chance is 0.2; the paper's are 0.87 on COCO and Flickr30k",
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
