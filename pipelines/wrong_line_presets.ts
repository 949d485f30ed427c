/**
 * The sizes at which accuracy on the wrong line is reproduced.
 *
 * @module
 */
import type { PresetName } from "../lib/dag/pipeline.ts";
import type { FmowChoice } from "../lib/data/fmow.ts";
import type { PerceptronConfig } from "../lib/nn/perceptron.ts";
import type { ClassifierRecipe } from "../lib/train/classifier.ts";

/** What a preset of the wrong line says. */
export interface WrongLinePreset {
  /** Bootstrap resamples of every interval. */
  readonly resamples: number;
  /** The linear world. */
  readonly linear: {
    /** Signal features, d. */
    readonly features: number;
    /** Nuisance features: how many, k, and their standard deviation, σ_N. */
    readonly nuisance: { readonly features: number; readonly scale: number };
    /** The standard deviation of the shift of each nuisance feature, s. */
    readonly shift: number;
    /** Sizes of training sets, n. */
    readonly sizes: readonly number[];
    /** Shares of wrong labels, η; without 0. */
    readonly rates: readonly number[];
  };
  /** Coloured MNIST. */
  readonly digits: PerceptronSweep;
  /** Reviews in other words: trained on movies, tested on the rest. */
  readonly reviews: {
    readonly sizes: readonly number[];
    readonly rates: readonly number[];
    readonly seeds: readonly number[];
  };
  /** CIFAR-10, with drawn and with human label noise; undefined where it is left out. */
  readonly photographs?: PerceptronSweep & {
    /** Human labels: the majority of three people's, or a wrong one of three where there is one. */
    readonly human: readonly ("aggregate" | "worse")[];
    /** Images on which the human labels are tested to be those of the images. */
    readonly witnesses: number;
    /** The shift: the standard deviation of noise on pixels, as a share of their range. */
    readonly sigma: number;
  };
  /** Satellite images and those of later years; undefined where it is left out. */
  readonly satellites?: PerceptronSweep & {
    /** The side to which images are halved. */
    readonly side: FmowChoice["side"];
  };
}

/** A sweep over perceptrons: every combination of what is listed. */
export interface PerceptronSweep {
  /** Sizes of training sets. */
  readonly sizes: readonly number[];
  /** How many test images. */
  readonly test: number;
  /** Shares of wrong labels; without 0. */
  readonly rates: readonly number[];
  /** Networks with their learning rates and weight decays. */
  readonly models: readonly (Pick<PerceptronConfig, "width" | "depth"> & {
    readonly learningRate: number;
    readonly weightDecay: number;
  })[];
  /** Passes over the training set: enough of them to fit it, wrong labels included. */
  readonly epochs: number;
  /** Seeds of starting weights, batches, colours and noise. */
  readonly seeds: readonly number[];
}

/** What all perceptrons are trained by. */
export const perceptronRecipe = {
  batch: 100,
  optimiser: "adamw",
  finalLearningRate: 0,
  warmup: 0,
  beta2: 0.999,
  clip: 0,
  execution: "graph",
  labelSmoothing: 0,
  augment: "none",
} as const satisfies Partial<ClassifierRecipe>;

const models = [
  { width: 64, depth: 1, learningRate: 3e-3, weightDecay: 0 },
  { width: 256, depth: 1, learningRate: 1e-3, weightDecay: 0 },
  { width: 256, depth: 2, learningRate: 1e-3, weightDecay: 1e-3 },
];

const quick: WrongLinePreset = {
  resamples: 2000,
  linear: {
    features: 20,
    nuisance: { features: 100_000, scale: 0.01 },
    shift: 0.5,
    sizes: [40, 80, 160, 320, 640],
    rates: [0.05, 0.1, 0.2, 0.3],
  },
  digits: { sizes: [500, 1000, 2000], test: 2000, rates: [0.2], models, epochs: 120, seeds: [0, 1] },
  reviews: { sizes: [250, 500, 1000, 2000], rates: [0.1, 0.2], seeds: [0, 1, 2, 3, 4, 5] },
};

const laptop: WrongLinePreset = {
  ...quick,
  digits: {
    ...quick.digits,
    sizes: [500, 1000, 2000, 5000],
    test: 10_000,
    rates: [0.2, 0.3],
    models: [...models, { width: 1024, depth: 1, learningRate: 1e-3, weightDecay: 1e-4 }],
    seeds: [0, 1],
  },
  reviews: { ...quick.reviews, sizes: [250, 500, 1000, 2000, 4000], rates: [0.1, 0.2, 0.3] },
  photographs: {
    sizes: [1000, 2500],
    test: 2000,
    rates: [0.2, 0.4],
    human: ["aggregate", "worse"],
    witnesses: 20_000,
    sigma: 0.15,
    models: models.slice(1),
    epochs: 120,
    seeds: [0, 1],
  },
};

/** The presets of the wrong line. */
export const wrongLinePresets: Readonly<Record<PresetName, WrongLinePreset>> = {
  smoke: {
    resamples: 100,
    linear: { ...quick.linear, sizes: [40, 80, 160], rates: [0.1, 0.2] },
    digits: { sizes: [100], test: 100, rates: [0.2], models: models.slice(0, 1), epochs: 20, seeds: [0, 1] },
    reviews: { sizes: [100, 200], rates: [0.2], seeds: [0, 1] },
  },
  quick,
  laptop,
  // The paper's own sweeps are not known; these are larger ones of ours, with the learning rates that perceptrons take.
  paper: {
    ...laptop,
    digits: {
      ...laptop.digits,
      sizes: [1000, 5000, 20_000, 50_000],
      rates: [0.05, 0.1, 0.15, 0.2, 0.25],
      models: [64, 256, 1024].flatMap((width) =>
        [1, 2, 3].map((depth) => ({ width, depth, learningRate: 1e-3, weightDecay: 1e-4 }))
      ),
      seeds: [0, 1, 2],
    },
    satellites: {
      side: 56,
      sizes: [2500, 5000, 10_000, 20_000],
      test: 10_000,
      rates: [0.2, 0.4],
      models: [{ width: 1024, depth: 1 }, { width: 1024, depth: 2 }, { width: 2048, depth: 1 }].map((
        size,
      ) => ({
        ...size,
        learningRate: 1e-3,
        weightDecay: 1e-4,
      })),
      epochs: 120,
      seeds: [0, 1, 2],
    },
  },
};
