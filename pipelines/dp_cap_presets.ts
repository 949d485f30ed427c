/**
 * The sizes at which DP-Cap is reproduced.
 *
 * @module
 */
import type { PresetName } from "../lib/dag/pipeline.ts";
import { EMOJI_TOKENS, EMOJI_VOCABULARY } from "../lib/data/captioned_emoji.ts";
import { SCENE_SIDE, SCENE_TOKENS, SCENE_WORDS } from "../lib/data/captioned_scenes.ts";
import type { Probing } from "../lib/evaluate/image_probe.ts";
import type { CaptionerConfig } from "../lib/nn/captioner.ts";
import { captionerSizes } from "../lib/nn/captioner_sizes.ts";
import type { AutoencoderConfig } from "../lib/nn/masked_autoencoder.ts";
import type { PrivateRecipe } from "../lib/train/private/recipe.ts";
import type { Recipe } from "../lib/train/recipe.ts";

/** What a preset of DP-Cap says. */
export interface DpCapPreset {
  /** The captioned images: where from, how many to train on, and to probe with. */
  readonly data: {
    readonly from: "scenes" | "shards";
    readonly train: number;
    readonly known: number;
    readonly test: number;
  };
  /** The captioner. */
  readonly net: CaptionerConfig;
  /** Its peer, with the same encoder. */
  readonly peer: AutoencoderConfig;
  /** Training on images of nothing, which both start from. */
  readonly synthetic: { readonly images: number; readonly recipe: Omit<Recipe, "seed"> };
  /** DP-SGD: what all runs share. The noise follows from ε. */
  readonly recipe: Omit<PrivateRecipe, "seed" | "noise" | "physical" | "imitates">;
  /** The most examples that are computed on at once. */
  readonly physical: number;
  /** The share of the images that claim D5 makes do with. */
  readonly fewer: number;
  /** By how much claim D10 divides the batch; 1 leaves it out. */
  readonly smaller: number;
  /** How features are probed. */
  readonly probing: Omit<Probing, "seed">;
  /** How many test images are classified by caption, and how many examples of each side are attacked. */
  readonly counts: { readonly zeroShot: number; readonly attacked: number };
  /** Shadow models of the likelihood-ratio attack; 0 leaves it out. */
  readonly shadows: number;
  /** A captioner of emoji, and what its training changes of the recipe; where the preset has it. */
  readonly emoji?: { readonly net: CaptionerConfig; readonly recipe: Partial<DpCapPreset["recipe"]> };
}

const adamW = {
  optimiser: "adamw",
  weightDecay: 0.005,
  beta2: 0.95,
  clip: 0,
  execution: "graph",
  finalLearningRate: 0,
} as const;

/** A network for scenes of 32 by 32 pixels, and a peer of about as many parameters. */
function pico(patch: number, width: number, depth: number): Pick<DpCapPreset, "net" | "peer"> {
  const encoder = { side: SCENE_SIDE, channels: 3, patch, width, depth, heads: 4 };
  return {
    net: {
      encoder,
      decoder: { width, depth: 1, heads: 4 },
      vocabulary: SCENE_WORDS.length,
      length: SCENE_TOKENS - 1,
    },
    peer: { encoder, decoder: { width, depth: 1, heads: 4 }, hidden: 0.75 },
  };
}

/**
 * Sizes and learning rate were chosen by the training loss of one run at ε = 8: with three times as many parameters, noise on
 * each of them drowned the images, and 3e-3 or 5e-3 for 1e-2 left all runs, without noise too, half trained.
 */
const quick: DpCapPreset = {
  data: { from: "scenes", train: 20_000, known: 2000, test: 1000 },
  ...pico(8, 32, 2),
  synthetic: { images: 4000, recipe: { ...adamW, steps: 150, batch: 128, learningRate: 2e-3, warmup: 15 } },
  recipe: {
    ...adamW,
    steps: 200,
    horizon: 200,
    batch: 200,
    learningRate: 1e-2,
    warmup: 15,
    clip: 1,
    draw: "poisson",
  },
  physical: 128,
  fewer: 0.1,
  smaller: 1,
  probing: { shots: [1, 2, 5, 10], draws: 3 },
  counts: { zeroShot: 300, attacked: 1000 },
  shadows: 0,
};

/** The presets of DP-Cap. */
export const dpCapPresets: Readonly<Record<PresetName, DpCapPreset>> = {
  smoke: {
    ...quick,
    data: { from: "scenes", train: 300, known: 600, test: 100 },
    ...pico(16, 16, 1),
    synthetic: { images: 50, recipe: { ...quick.synthetic.recipe, steps: 3, batch: 8, warmup: 1 } },
    recipe: { ...quick.recipe, steps: 4, horizon: 4, batch: 40, warmup: 1 },
    physical: 16,
    smaller: 4,
    probing: { shots: [1, 2], draws: 1 },
    counts: { zeroShot: 20, attacked: 60 },
    shadows: 3,
  },
  quick,
  laptop: {
    ...quick,
    data: { from: "scenes", train: 40_000, known: 4000, test: 2000 },
    ...pico(4, 32, 2),
    recipe: { ...quick.recipe, batch: 240 },
    smaller: 8,
    counts: { zeroShot: 500, attacked: 2000 },
    shadows: 4,
    emoji: {
      net: { ...pico(4, 32, 2).net, vocabulary: EMOJI_VOCABULARY, length: EMOJI_TOKENS - 1 },
      recipe: { steps: 100, horizon: 100, batch: 240 },
    },
  },
  // The paper's run at ε = 8: 5,708 steps of 1.3 million of 233 million pairs. The peer is of the same size; its own paper
  // has another recipe. Of the augmentation, crops and mirroring, there is none here.
  paper: {
    ...quick,
    data: { from: "shards", train: 233_000_000, known: 1_281_167, test: 50_000 },
    net: captionerSizes.base,
    peer: {
      encoder: captionerSizes.base.encoder,
      decoder: { width: 512, depth: 8, heads: 16 },
      hidden: 0.75,
    },
    synthetic: {
      images: 1_050_000,
      recipe: { ...adamW, steps: 100_000, batch: 4096, learningRate: 2.4e-3, warmup: 5000 },
    },
    recipe: {
      ...quick.recipe,
      steps: 5708,
      horizon: 10_000,
      batch: 1_310_720,
      learningRate: 5.12e-4,
      warmup: 2000,
    },
    physical: 1024,
    smaller: 8,
    probing: { shots: [1, 2, 5, 10], draws: 3 },
    counts: { zeroShot: 50_000, attacked: 100_000 },
    shadows: 0,
  },
};
