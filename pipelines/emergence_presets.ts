/**
 * The sizes at which the emergence of segmentation is reproduced.
 *
 * @module
 */
import type { ProjectedGradient } from "../lib/attack/classifier.ts";
import type { PresetName } from "../lib/dag/pipeline.ts";
import type { NoiseLevel } from "../lib/data/noise_series.ts";
import type { SceneParams } from "../lib/data/scenes.ts";
import type { MaskCut } from "../lib/evaluate/segmentation/mask_cut.ts";
import type { VitConfig } from "../lib/nn/vit.ts";
import { vitSizes } from "../lib/nn/vit_sizes.ts";
import type { ClassifierRecipe } from "../lib/train/classifier.ts";
import { emergenceImagenet21k } from "../lib/train/recipes.ts";

/** Things on backgrounds: how large the things are, how many scenes to train and to test on. */
export interface Scenes extends Pick<SceneParams, "least" | "most"> {
  /** The things. */
  readonly of: "shapes" | "emoji";
  /** What they are pasted on. */
  readonly backgrounds: "textures" | "cifar10";
  /** How many scenes to train on. */
  readonly train: number;
  /** How many to test on. */
  readonly test: number;
}

/** Photographs from the user's disk: ImageNet-21k to train on, the validation images of VOC 2012 and COCO 2017 to test on. */
export interface Photographs {
  /** That they are photographs. */
  readonly of: "photographs";
  /** How many of VOC's images are segmented. */
  readonly voc: number;
  /** In how many of COCO's images objects are looked for. */
  readonly coco: number;
}

/** What a preset of the emergence of segmentation says. */
export interface EmergencePreset {
  /** The images. */
  readonly images: Scenes | Photographs;
  /** The size of all four networks. */
  readonly net: VitConfig;
  /** How all four are trained. */
  readonly recipe: Omit<ClassifierRecipe, "seed">;
  /** Where CRATE's training is looked at, in steps; its end is looked at anyway. */
  readonly snapshots: readonly number[];
  /** How many test images are segmented, and how many of them drawn. */
  readonly maps: { readonly count: number; readonly drawn: number };
  /** How objects are cut out. */
  readonly maskCut: MaskCut;
  /** The study of noise: on how many images, and how strong. */
  readonly noise: { readonly count: number; readonly levels: readonly NoiseLevel[] };
  /** The attack by projected gradient descent, beyond the paper. */
  readonly attack: Omit<ProjectedGradient, "seed">;
}

/** The paper's noise (figures 11 and 12): more of it on half of the pixels, then the strongest on more of them. */
const noiseLevels: readonly NoiseLevel[] = [
  ...[10, 25, 50, 75].map((sigma) => ({ sigma, share: 0.5 })),
  ...[0.1, 0.25, 0.75].map((share) => ({ sigma: 75, share })),
];

/** Steps of an epoch of ImageNet-21k in batches of 4096. */
const EPOCH = Math.floor(14_197_122 / 4096);

/** The paper's settings. */
const maskCut = { objects: 3, tau: 0.15 } as const;

/** Emoji of half a picture's side to three quarters of it, on textures. */
const scenes: Scenes = {
  of: "emoji",
  backgrounds: "textures",
  least: 16,
  most: 24,
  train: 6000,
  test: 1000,
};

/**
 * Small networks on synthetic scenes. The recipe was chosen by the accuracy of CRATE and of ViT on seed 0, before any map
 * was looked at: with half the learning rate CRATE was far from trained after 1,000 steps, with twice as much it did as
 * well.
 */
const quick: EmergencePreset = {
  images: scenes,
  net: { side: 32, channels: 3, patch: 4, width: 48, depth: 4, heads: 4, classes: 6 },
  recipe: {
    optimiser: "adamw",
    steps: 800,
    batch: 32,
    learningRate: 2e-3,
    finalLearningRate: 0,
    warmup: 50,
    weightDecay: 0.05,
    beta2: 0.999,
    clip: 0,
    execution: "graph",
    labelSmoothing: 0,
    augment: "none",
  },
  snapshots: [80],
  maps: { count: 200, drawn: 6 },
  maskCut,
  noise: { count: 40, levels: noiseLevels },
  attack: { epsilon: 8, stepSize: 2, steps: 10, count: 100 },
};

/** The presets of the emergence of segmentation. */
export const emergencePresets: Readonly<Record<PresetName, EmergencePreset>> = {
  smoke: {
    ...quick,
    images: { ...scenes, of: "shapes", least: 8, most: 12, train: 128, test: 48 },
    net: { ...quick.net, side: 16, width: 16, depth: 2, heads: 2, classes: 8 },
    recipe: { ...quick.recipe, steps: 8, batch: 16, warmup: 2 },
    snapshots: [4],
    maps: { count: 32, drawn: 3 },
    noise: { count: 4, levels: noiseLevels },
    attack: { ...quick.attack, steps: 2, count: 16 },
  },
  quick,
  laptop: {
    ...quick,
    images: { ...scenes, backgrounds: "cifar10", train: 20_000, test: 2000 },
    net: { ...quick.net, width: 64, depth: 6, heads: 4 },
    recipe: { ...quick.recipe, steps: 1300 },
    snapshots: [130],
    maps: { count: 300, drawn: 6 },
    noise: { count: 100, levels: noiseLevels },
    attack: { ...quick.attack, count: 200 },
  },
  // The authors' S/8 and their recipe. Of COCO's 5,000 images a fifth: the keys of all take 6 GB a network. An attack needs
  // labels of what is attacked, which VOC has not in ImageNet's classes.
  paper: {
    ...quick,
    images: { of: "photographs", voc: 1449, coco: 1000 },
    net: { ...vitSizes["S/16"], patch: 8, classes: 21_842 },
    recipe: emergenceImagenet21k(),
    snapshots: [2, 10, 30].map((epochs) => epochs * EPOCH),
    maps: { count: 1449, drawn: 6 },
    noise: { count: 100, levels: noiseLevels },
  },
};
