/**
 * What the CRATE-MAE paper claims, as numbers that can come out otherwise.
 *
 * @module
 */
import { type Claim, claim } from "../lib/claim/claim.ts";
import { above, atLeast, atMost, below, between } from "../lib/claim/expectation.ts";
import { difference, metric } from "../lib/claim/measure.ts";
import { crateMae } from "../lib/nn/crate_mae.ts";
import { countParameters } from "../lib/nn/parameters.ts";
import { vitMae } from "../lib/nn/vit_mae.ts";
import { type CrateMaeEvidence, excess, quotient, type Run, tooSmall } from "./crate_mae_evidence.ts";
import { layerClaims } from "./crate_mae_layer_claims.ts";
import type { CrateMaePreset } from "./crate_mae_presets.ts";
import { claimedMaeSizes } from "./crate_mae_sizes.ts";

/** Declares the claims of the CRATE-MAE paper, each at the presets that can speak to it. */
export function crateMaeClaims(
  evidence: CrateMaeEvidence,
  run: Run,
): readonly Claim[] {
  return [
    ...completionClaims(evidence, run),
    ...representationClaims(evidence, run),
    ...layerClaims(evidence, run),
    ...claimedMaeSizes(evidence.parameters),
    ...beyondThePaper(evidence, run),
  ];
}

/** How many times the error of ViT-MAE that of CRATE-MAE may be: the paper's own is 1.13. */
const AS_WELL = 1.25;

function completionClaims({ seeds, parameters }: CrateMaeEvidence, { preset, name }: Run): readonly Claim[] {
  const { maskRatio, steps, batch } = preset.recipe;
  const trained = `at${Math.round(100 * maskRatio)}`;
  const hidden = `${100 * maskRatio} % of the patches hidden`;
  const crate = seeds.map(({ crate }) => crate.loss);
  const common = { evidence: "reconstructed", ...tooSmall(name) } as const;
  return [
    claim({
      id: "M1a",
      source: "Section 4.2",
      ...common,
      says: "CRATE-MAE completes images better than a guess that looks at nothing",
      measure: metric(crate, `share.${trained}`),
      expect: below(0.75),
      unit: "×",
      note:
        `${dataOf(preset)}, ${hidden}, after ${
          (steps * batch).toLocaleString("en")
        } training images: its error divided by ` +
        "that of their mean",
    }),
    claim({
      id: "M1b",
      source: "Section 4.2",
      ...common,
      says: "its error falls throughout the training",
      measure: metric(crate, "leastFall"),
      expect: below(0),
      note: "the greatest change of the mean loss from one quarter of the training to the next",
    }),
    claim({
      id: "M2",
      source: "Section 4.1",
      evidence: "second-hand",
      says: "CRATE-MAE has about 30 % of the parameters of ViT-MAE",
      measure: metric(parameters, "ratio"),
      expect: between(0.305, 0.315),
      paper: 0.31,
      note: "the base sizes, as the authors' program has them: 12 + 12 layers against 12 + 8",
    }),
    claim({
      id: "M3",
      source: "Section 4.2",
      ...common,
      says: "CRATE-MAE completes images about as well as ViT-MAE, which has several times its parameters",
      measure: quotient(crate, seeds.map(({ vit }) => vit.loss), `loss.${trained}`),
      expect: atMost(AS_WELL),
      paper: 1.13,
      unit: "×",
      note: `of the same width and depth: ${sizes(preset.crate, preset.vit)} parameters; ${hidden}`,
    }),
    claim({
      id: "M3*",
      source: "none",
      ...tooSmall(name),
      extension: true,
      says: "CRATE-MAE completes images about as well as a ViT-MAE of as many parameters",
      measure: quotient(crate, seeds.map(({ narrowVit }) => narrowVit.loss), `loss.${trained}`),
      expect: atMost(AS_WELL),
      unit: "×",
      note:
        `reviewers asked for it: ${
          sizes(preset.crate, preset.narrowVit)
        } parameters, as a block of ViT at half the width ` +
        "has exactly those of CRATE's; the threshold is that of M3",
    }),
    claim({
      id: "M7",
      source: "Section 4.2",
      ...common,
      says: "the more is hidden, the greater the error",
      measure: metric(crate, "leastRise"),
      expect: above(0),
      note: `the least step of the error over ${
        preset.masking.ratios.map((ratio) => 100 * ratio).join(", ")
      } % hidden, trained with ${100 * maskRatio} %`,
    }),
  ];
}

function representationClaims({ seeds, pixels }: CrateMaeEvidence, { preset, name }: Run): readonly Claim[] {
  const trained = seeds.map(({ crate }) => crate.probe);
  const untrained = seeds.map(({ untrainedProbe }) => untrainedProbe);
  const common = { evidence: "reconstructed", unit: "points", ...tooSmall(name) } as const;
  const probe =
    `ridge regression on ${preset.probe.known} labelled images, asked ${preset.probe.asked} others`;
  return [
    claim({
      id: "M4a",
      source: "Table 3",
      ...common,
      says: "the class token tells classes apart better than an untrained encoder's",
      measure: difference(trained, untrained, "class.linear", 100),
      expect: atLeast(10),
      note: `${dataOf(preset)}; ${probe}`,
    }),
    claim({
      id: "M4b",
      source: "Table 3",
      ...common,
      says: "the mean of the patches' tokens does so too",
      measure: difference(trained, untrained, "mean.linear", 100),
      expect: atLeast(10),
    }),
    claim({
      id: "M4*",
      source: "none",
      unit: "points",
      ...tooSmall(name),
      extension: true,
      says: "the mean of the patches' tokens tells classes apart better than pixels as they are",
      measure: excess(trained, pixels, { of: "mean.linear", over: "pixels.linear" }, 100),
      expect: above(0),
      note: "the same probe of the pixels",
    }),
  ];
}

function beyondThePaper({ seeds }: CrateMaeEvidence, { preset, name }: Run): readonly Claim[] {
  const trained = `loss.at${Math.round(100 * preset.recipe.maskRatio)}`;
  const { worstAt, attempts } = preset.masking;
  const common = { source: "none", extension: true, ...tooSmall(name) } as const;
  const crate = seeds.map(({ crate }) => crate);
  const vit = seeds.map(({ vit }) => vit);
  const [other] = preset.otherSparsities;
  return [
    claim({
      id: "X1",
      ...common,
      says: "from noisy patches, CRATE-MAE completes clean images about as well as ViT-MAE",
      measure: quotient(
        crate.map(({ noisyLoss }) => noisyLoss),
        vit.map(({ noisyLoss }) => noisyLoss),
        trained,
      ),
      expect: atMost(AS_WELL),
      unit: "×",
      note: `Gaussian noise of σ = ${preset.sigma} on pixels from 0 to 1; the threshold is that of M3`,
    }),
    claim({
      id: "X2",
      ...common,
      says: "under the worst of several masks, CRATE-MAE completes images about as well as ViT-MAE",
      measure: quotient(crate.map(({ loss }) => loss), vit.map(({ loss }) => loss), "worst"),
      expect: atMost(AS_WELL),
      unit: "×",
      note: `the greatest error of each image over ${attempts} masks of ${
        100 * worstAt
      } %, found for each network`,
    }),
    claim({
      id: "X3",
      ...common,
      says: "on noisy images, the encoder of CRATE-MAE tells classes apart as well as that of ViT-MAE",
      measure: difference(
        crate.map(({ probe }) => probe),
        vit.map(({ probe }) => probe),
        "noisy.mean.linear",
        100,
      ),
      expect: atLeast(-3),
      unit: "points",
      note: "the mean of the patches' tokens; the threshold is that of ToST's extensions",
    }),
    claim({
      id: "X4",
      source: "none",
      extension: true,
      says:
        "with the authors' program's λ = 0.5, CRATE-MAE completes images about as well as with their book's 0.1",
      expect: atMost(AS_WELL),
      unit: "×",
      note: "reviewers asked how much λ matters",
      ...(other === undefined ? { outOfScale: "this preset trains one λ; the laptop preset trains both" } : {
        measure: quotient(
          seeds.map(({ otherLosses }) => otherLosses[0]!),
          crate.map(({ loss }) => loss),
          trained,
        ),
      }),
    }),
  ];
}

/** The true name of the images. */
function dataOf({ images }: CrateMaePreset): string {
  return {
    mnist: "MNIST",
    cifar10: "CIFAR-10 (or the JPEG copy of it that ASSAY_DATA holds; the figure says which)",
    imagenet: "ImageNet-1k",
  }[images.from];
}

/** The parameters of CRATE-MAE and of a ViT-MAE. */
function sizes(crate: CrateMaePreset["crate"], vit: CrateMaePreset["vit"]): string {
  const count = (number: number) => number.toLocaleString("en");
  return `${count(countParameters(crateMae.specs(crate)))} against ${
    count(countParameters(vitMae.specs(vit)))
  }`;
}
