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
import type { ClassifierRecipe } from "../lib/train/classifier.ts";

/** What a preset of the emergence of segmentation says. */
export interface EmergencePreset {
  /** The images: things on backgrounds, how large the things are, how many scenes to train and to test on. */
  readonly scenes: Pick<SceneParams, "least" | "most"> & {
    readonly things: "shapes" | "emoji";
    readonly backgrounds: "textures" | "cifar10";
    readonly train: number;
    readonly test: number;
  };
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

/** The paper's settings. */
const maskCut = { objects: 3, tau: 0.15 } as const;

/**
 * Small networks on synthetic scenes. The recipe was chosen by the accuracy of CRATE and of ViT on seed 0, before any map
 * was looked at: with half the learning rate CRATE was far from trained after 1,000 steps, with twice as much it did as
 * well.
 */
const quick: EmergencePreset = {
  scenes: { things: "emoji", backgrounds: "textures", least: 16, most: 24, train: 6000, test: 1000 },
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
    scenes: { things: "shapes", backgrounds: "textures", least: 8, most: 12, train: 128, test: 48 },
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
    scenes: { ...quick.scenes, backgrounds: "cifar10", train: 20_000, test: 2000 },
    net: { ...quick.net, width: 64, depth: 6, heads: 4 },
    recipe: { ...quick.recipe, steps: 1500 },
    snapshots: [75, 300],
    maps: { count: 500, drawn: 6 },
    noise: { count: 100, levels: noiseLevels },
    attack: { ...quick.attack, count: 300 },
  },
  paper: {
    ...quick,
    scenes: { ...quick.scenes, backgrounds: "cifar10", train: 20_000, test: 2000 },
  },
};
