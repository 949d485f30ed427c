/**
 * What the ToST paper claims, as numbers that can come out otherwise.
 *
 * @module
 */
import { type Claim, claim } from "../lib/claim/claim.ts";
import { above, atLeast, below, between } from "../lib/claim/expectation.ts";
import { difference, metric } from "../lib/claim/measure.ts";
import type { Node } from "../lib/dag/node.ts";
import type { PresetName } from "../lib/dag/pipeline.ts";
import type { Metrics } from "../lib/kinds/metrics.ts";
import { claimedAttacks, claimedSequences } from "./tost_beyond.ts";
import { claimedLanguage } from "./tost_language_claims.ts";
import { claimedSizes } from "./tost_sizes.ts";
import type { TostPreset } from "./tost_preset.ts";

type Measured = Node<typeof Metrics>;
type Conditions = Readonly<Record<"clean" | "noisy" | "distracting" | "attacked", Measured>>;

/** The nodes whose metrics the claims read. */
export interface TostEvidence {
  /** Of each seed: the accuracies of both classifiers, and what ToST's layers do before and after training. */
  readonly classifiers: readonly {
    readonly tost: Conditions;
    readonly twin: Conditions;
    readonly layers: Readonly<Record<"untrained" | "trained", Measured>>;
  }[];
  /** Of both networks at the first seed: accuracies under plain PGD, noise of its size, Auto-PGD, and Auto-PGD of a greater ε. */
  readonly checks: readonly Readonly<Record<"plain" | "noise" | "near" | "far", Measured>>[];
  /** Of each seed: the accuracies of both networks on sequences; none where a preset has no sequences. */
  readonly sorters: readonly Readonly<Record<"tost" | "softmax", Measured>>[];
  /** Of each seed: the losses of both language models, and the two ways of reading with ToST. */
  readonly writers: readonly Readonly<Record<"tost" | "softmax" | "recurrence", Measured>>[];
  /** Of each seed: the losses of both on web text; none where a preset has none. */
  readonly webWriters: readonly Readonly<Record<"tost" | "softmax", Measured>>[];
  /** Entropies of the text. */
  readonly entropies: Measured;
  /** Costs of the attention operators. */
  readonly scaling: Measured;
  /** Parameters of the official sizes. */
  readonly parameters: Measured;
}

/** Declares the claims of the ToST paper, each at the presets that can speak to it. */
export function tostClaims(
  { classifiers, checks, sorters, writers, webWriters, entropies, scaling, parameters }: TostEvidence,
  { preset, name }: { readonly preset: TostPreset; readonly name: PresetName },
): readonly Claim[] {
  const tooSmall = name === "smoke"
    ? { outOfScale: "smoke only shows that everything runs; the quick preset measures this" }
    : {};
  const accuracy = (condition: keyof Conditions) =>
    difference(
      classifiers.map(({ tost }) => tost[condition]),
      classifiers.map(({ twin }) => twin[condition]),
      "accuracy",
      100,
    );
  const trained = classifiers.map(({ layers }) => layers.trained);
  const untrained = classifiers.map(({ layers }) => layers.untrained);
  const { timing, attack, nuisance, images, language } = preset;
  const data = {
    mnist: "MNIST",
    cifar10: "CIFAR-10 (or the JPEG copy of it that ASSAY_DATA holds; the figure says which)",
    imagenet: "ImageNet-1k",
  }[images.from];
  const text = { sotu: "State of the Union addresses", shakespeare: "Shakespeare" }[language.from];

  return [
    // Cost (Table 1). The operators alone, h = 4 and d = 64.
    claim({
      id: "T1a",
      source: "Table 1",
      says: "the time of TSSA is linear in the number of tokens",
      measure: metric(scaling, "tssa.timeSlope"),
      expect: between(0.8, 1.2),
      note: `slope of log time over the 3 largest of ${timing.tokens.join(", ")} tokens`,
      ...tooSmall,
    }),
    claim({
      id: "T1b",
      source: "Table 1",
      says: "the time of softmax attention is quadratic",
      measure: metric(scaling, "softmax.timeSlope"),
      expect: atLeast(1.7),
      ...tooSmall,
    }),
    claim({
      id: "T1c",
      source: "Fig. 1",
      says: `at ${timing.compareAt.toLocaleString("en")} tokens TSSA takes a fraction of the time`,
      measure: metric(scaling, "ratio.time"),
      expect: atLeast(20),
      unit: "×",
      ...tooSmall,
    }),
    claim({
      id: "T1d",
      source: "Table 1",
      says: "the memory of TSSA is linear in the number of tokens",
      measure: metric(scaling, "tssa.memorySlope"),
      expect: between(0.8, 1.2),
      ...tooSmall,
    }),
    claim({
      id: "T1e",
      source: "Table 1",
      says: "the memory of softmax attention is quadratic",
      measure: metric(scaling, "softmax.memorySlope"),
      expect: atLeast(1.7),
      ...tooSmall,
    }),

    // Accuracy (Table 2): ImageNet-1k, ToST-S 77.9 % against ViT-S 79.8 %.
    claim({
      id: "T2",
      source: "Table 2",
      says: "ToST is nearly as accurate as softmax attention",
      measure: accuracy("clean"),
      expect: atLeast(-3),
      paper: -1.9,
      unit: "points",
      note:
        `on ${data}, against the same skeleton with softmax attention; the paper's number is against ViT-S on ImageNet-1k`,
      ...tooSmall,
    }),

    // Layers (Fig. 3): R^var falls by 10 % from the first to the last of 12 layers.
    claim({
      id: "T3",
      source: "Fig. 3",
      says: "trained layers lower the variational coding rate R^var",
      measure: metric(trained, "rateChange"),
      expect: below(0),
      paper: -0.1,
      note: "last third of the layers against the first; f(x) = log(1 + x), projections scaled to norm 1",
      ...tooSmall,
    }),
    claim({
      id: "T3*",
      source: "Fig. 3",
      says: "it is training that makes R^var fall with depth",
      measure: difference(trained, untrained, "rateChange"),
      expect: below(0),
      extension: true,
      note: "the same change before training is taken off",
      ...tooSmall,
    }),
    claim({
      id: "T4",
      source: "Fig. 4",
      says: "memberships Π become decided",
      measure: difference(trained, untrained, "decided"),
      expect: above(0.02),
      note: "mean over tokens and layers of max_k Π, after training minus before",
      ...tooSmall,
    }),

    ...claimedLanguage({ writers, webWriters, entropies }, text, tooSmall),
    ...claimedSequences(sorters, preset, tooSmall),

    // The official sizes: published counts, within their rounding.
    ...claimedSizes(parameters),

    // Beyond the paper: the same three points, on images that the networks were not trained on.
    claim({
      id: "X1",
      source: "none",
      says: "under noise, ToST stays as close to softmax attention",
      measure: accuracy("noisy"),
      expect: atLeast(-3),
      unit: "points",
      extension: true,
      note: `Gaussian noise of σ = ${nuisance.sigma} on pixels from 0 to 1`,
      ...tooSmall,
    }),
    claim({
      id: "X2",
      source: "none",
      says: "with a distracting square, ToST stays as close to softmax attention",
      measure: accuracy("distracting"),
      expect: atLeast(-3),
      unit: "points",
      extension: true,
      note:
        `${nuisance.square} × ${nuisance.square} white pixels at the top edge, at a place that says nothing`,
      ...tooSmall,
    }),
    claim({
      id: "X3",
      source: "none",
      says: "under attack, ToST stays as close to softmax attention",
      measure: accuracy("attacked"),
      expect: atLeast(-3),
      unit: "points",
      extension: true,
      note:
        `PGD of ${attack.steps} steps of ${attack.stepSize} within ε = ${attack.epsilon} grey levels of 255`,
      ...tooSmall,
    }),
    ...claimedAttacks(checks, preset, tooSmall),
  ];
}
