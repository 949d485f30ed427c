/**
 * What "Emergence of segmentation" claims, as numbers that can come out otherwise.
 *
 * @module
 */
import { type Claim, claim } from "../lib/claim/claim.ts";
import { above, atLeast, below, type Expectation } from "../lib/claim/expectation.ts";
import { meanInterval, spanOf } from "../lib/claim/interval.ts";
import { derived, difference, type Measure, metric, numberAt } from "../lib/claim/measure.ts";
import type { PresetName } from "../lib/dag/pipeline.ts";
import type { Metrics } from "../lib/kinds/metrics.ts";
import { beyondThePaper } from "./emergence_beyond.ts";
import { behind, type EmergenceEvidence, GATE } from "./emergence_evidence.ts";
import { type NetworkName, networkNames } from "./emergence_networks.ts";
import type { EmergencePreset } from "./emergence_presets.ts";
import { claimedSizes } from "./emergence_sizes.ts";

/** Declares the claims of the paper, each at the presets that can speak to it. */
export function emergenceClaims(
  evidence: EmergenceEvidence,
  { preset, name }: { readonly preset: EmergencePreset; readonly name: PresetName },
): readonly Claim[] {
  const { seeds } = evidence;
  const tooSmall = name === "smoke"
    ? { outOfScale: "smoke only shows that everything runs; the quick preset measures this" }
    : {};
  const labelled = preset.images.of !== "photographs"; // VOC's photographs have no labels that ImageNet's classes know
  const learned = seeds.flatMap(({ networks }) => networkNames.map((network) => networks[network].accuracy));
  const gated = (id: string, source: string, says: string, measure: Measure, expect: Expectation): Claim => ({
    ...{ id, source, says, expect, evidence: "verified" as const },
    measure: labelled ? behind(learned, measure) : measure,
    note: labelled
      ? `on ${sceneName(preset.images)}; inconclusive unless every network reaches the accuracy of E0`
      : "on the validation images of VOC 2012 and, for objects, COCO 2017",
    ...tooSmall,
  });
  const unlabelled = labelled
    ? tooSmall
    : { outOfScale: "VOC has no labels of ImageNet's classes; the quick and laptop presets measure this" };
  const of = (network: NetworkName, measured: "segmentation" | "detection") =>
    seeds.map(({ networks }) => networks[network][measured]);
  const points = (one: NetworkName, other: NetworkName) =>
    difference(of(one, "segmentation"), of(other, "segmentation"), "penultimate.entries", 100);
  const precision = (path: string, one: NetworkName, other: NetworkName) =>
    difference(of(one, "detection"), of(other, "detection"), path);

  return [
    claim({
      id: "E0",
      source: "none",
      says: `each network classifies at least ${100 * GATE} % of the test images`,
      measure: { nodes: learned, read: (found) => spanOf(found.map((one) => numberAt(one, "accuracy"))) },
      expect: atLeast(GATE),
      extension: true,
      note: "what the other claims are judged behind: maps of networks that did not learn say nothing",
      ...unlabelled,
    }),

    // Segmentation by attention: CRATE-S/8 23.9 against ViT-S/8 14.1 mIoU on VOC12.
    claim({
      ...gated(
        "E1",
        "Sect. 4",
        "CRATE's attention shows the object better than ViT's",
        points("crate", "vit"),
        atLeast(2),
      ),
      paper: 9.8,
      unit: "points",
    }),

    // The ablation (Table 2), same columns: 23.9, 22.0, 18.4, 14.1.
    claim({
      ...gated(
        "E2a",
        "Table 2",
        "networks with MSSA show the object better than those with softmax attention",
        {
          nodes: networkNames.flatMap((network) => of(network, "segmentation")),
          read: (found) =>
            meanInterval(seeds.map((_, seed) => {
              const [crate, mlp, mhsa, vit] = networkNames.map((_, network) =>
                100 * numberAt(found[network * seeds.length + seed]!, "penultimate.entries")
              );
              return (crate! + mlp! - mhsa! - vit!) / 2;
            })),
        },
        above(0),
      ),
      paper: 6.7,
      unit: "points",
    }),
    claim({
      ...gated(
        "E2b",
        "Table 2",
        "CRATE is no worse than with an MLP for ISTA",
        points("crate", "crate-mlp"),
        atLeast(0),
      ),
      paper: 1.9,
      unit: "points",
    }),
    claim({
      ...gated(
        "E2c",
        "Table 2",
        "MSSA with an MLP is better than ISTA with softmax attention",
        points("crate-mlp", "crate-mhsa"),
        above(0),
      ),
      paper: 3.6,
      unit: "points",
    }),
    claim({
      ...gated("E2d", "Table 2", "ISTA alone is better than neither", points("crate-mhsa", "vit"), above(0)),
      paper: 4.3,
      unit: "points",
    }),

    // Objects cut out (Table 1, COCO): AP50 of boxes 2.9 against 0.1, of masks 1.8 against 0.
    claim({
      ...gated(
        "E2e",
        "Table 1",
        "MaskCut finds more objects in CRATE than in ViT: boxes",
        precision("box.ap50", "crate", "vit"),
        above(0),
      ),
      paper: 2.8,
      unit: "AP50",
    }),
    claim({
      ...gated(
        "E2f",
        "Table 1",
        "MaskCut finds more objects in CRATE than in ViT: masks",
        precision("mask.ap50", "crate", "vit"),
        above(0),
      ),
      paper: 1.8,
      unit: "AP50",
    }),
    claim({
      ...gated(
        "E2g",
        "Table 2",
        "finding objects needs ISTA beside MSSA",
        precision("box.ap", "crate", "crate-mlp"),
        above(0),
      ),
      paper: 0.6,
      unit: "AP",
    }),
    claim({
      ...gated(
        "E2h",
        "Table 2",
        "finding objects needs MSSA beside ISTA",
        precision("box.ap", "crate", "crate-mhsa"),
        above(0),
      ),
      paper: 0.8,
      unit: "AP",
    }),

    // Depth and training (by AP in the paper).
    gated(
      "E3",
      "Sect. 4",
      "from the middle of CRATE on, deeper layers show the object better",
      metric(of("crate", "segmentation"), "depthTrend"),
      above(0),
    ),
    claim({
      ...gated(
        "E4",
        "Sect. 4",
        "CRATE shows the object better as it trains",
        difference(
          of("crate", "segmentation"),
          seeds.map(({ snapshots }) => snapshots[0]!),
          "penultimate.entries",
          100,
        ),
        above(0),
      ),
      unit: "points",
    }),

    // Noise (Figs. 11 and 12).
    gated(
      "E5a",
      "Fig. 11",
      "the more noise on half of the pixels, the more CRATE's maps move",
      derived(seeds.map(({ stability }) => stability.crate), (found) => largestRise(found, "sigma")),
      below(0),
    ),
    gated(
      "E5b",
      "Fig. 12",
      "the more pixels with noise, the more CRATE's maps move",
      derived(seeds.map(({ stability }) => stability.crate), (found) => largestRise(found, "share")),
      below(0),
    ),

    // Principal components (appendix B).
    gated(
      "E6",
      "App. B",
      "the first principal component of CRATE's keys tells the object from its background",
      metric(seeds.map(({ split }) => split.trained), "gap"),
      atLeast(0.1),
    ),
    claim({
      id: "E7",
      source: "Table 3",
      says: "CRATE-B/8, pre-trained on ImageNet-21k and fine-tuned, classifies 79.5 % of ImageNet-1k",
      expect: atLeast(0.795),
      evidence: "verified",
      paper: 0.795,
      outOfScale: "takes ImageNet-21k and 90 epochs of it on many GPUs; no preset fine-tunes",
    }),

    ...claimedSizes(evidence.parameters),
    ...beyondThePaper(evidence, { preset, unlabelled, gated }),
  ];
}

/** The images' name, as claims give it. */
function sceneName(images: EmergencePreset["images"]): string {
  if (images.of === "photographs") return images.of;
  const below = { textures: "textures", cifar10: "CIFAR-10 (or the JPEG copy of it that ASSAY_DATA holds)" };
  return `${images.of} on ${below[images.backgrounds]}`;
}

/**
 * How much the IoU of maps with and without noise rises, at most, from one level to the next stronger one: below zero when
 * it falls at each.
 */
function largestRise(found: Metrics, by: "sigma" | "share"): number {
  const levels = found.levels as unknown as readonly Readonly<Record<"sigma" | "share" | "iou", number>>[];
  const fixed = by === "sigma" ? { share: 0.5 } : { sigma: 75 };
  const along = levels
    .filter((level) => Object.entries(fixed).every(([name, value]) => level[name as "sigma"] === value))
    .toSorted((a, b) => a[by] - b[by]);
  return Math.max(...along.slice(1).map((level, index) => level.iou - along[index]!.iou));
}
