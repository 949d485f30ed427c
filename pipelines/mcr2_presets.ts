/**
 * The sizes at which the geometry of MCR² is reproduced.
 *
 * @module
 */
import type { ProjectedGradient } from "../lib/attack/classifier.ts";
import type { PresetName } from "../lib/dag/pipeline.ts";
import type { Climb } from "../lib/mcr2/ascent.ts";
import type { ProblemParams } from "../lib/mcr2/params.ts";
import { largestLambda } from "../lib/mcr2/problem.ts";
import type { FeatureRecipe } from "../lib/mcr2/training.ts";

/** A problem to climb on, and how. */
export interface AscentPreset {
  /** The problem in words. */
  readonly name: string;
  /** The problem. */
  readonly problem: ProblemParams;
  /** How to climb. */
  readonly climb: Climb;
}

/** Networks that are trained on images. */
export interface DeepPreset {
  /** Where the images are from. */
  readonly from: "mnist" | "cifar10";
  /** How many classes, from the first on. */
  readonly classes: number;
  /** How many images of each class to train on. */
  readonly each: number;
  /** Hidden units, and numbers in a feature. */
  readonly net: { readonly hidden: number; readonly features: number };
  /** How features are trained; the classifier by cross-entropy is trained alike. */
  readonly recipe: Omit<FeatureRecipe, "seed">;
}

/** What a preset of MCR² says. */
export interface Mcr2Preset {
  /** Ascents with classes of one size. */
  readonly balanced: readonly AscentPreset[];
  /** Ascents with classes of different sizes. */
  readonly unbalanced: readonly AscentPreset[];
  /** Ascents with several numbers of classes, at λ up to half of λ_max and near λ_max, and from how many starts each. */
  readonly grid: {
    readonly problems: readonly AscentPreset[];
    readonly nearMost: readonly AscentPreset[];
    readonly starts: number;
  };
  /** The problem whose critical points are looked for, and from how many starts for each seed. */
  readonly landscape: { readonly problem: ProblemParams; readonly starts: number };
  /** The networks. */
  readonly deep: DeepPreset;
  /** Networks on more classes, more images or other ones. */
  readonly more: readonly DeepPreset[];
  /** Networks on corrupted labels: at which rates. */
  readonly corruption: DeepPreset & { readonly rates: readonly number[] };
  /** Test images of each class. */
  readonly test: number;
  /** The attack, beyond the paper. */
  readonly attack: Omit<ProjectedGradient, "seed">;
}

const climb: Climb = { stepSize: 1, tolerance: 1e-6, steps: 2000 };

function ascent(dimension: number, counts: readonly number[], lambda = 0.1): AscentPreset {
  const sizes = counts.every((count) => count === counts[0])
    ? `${counts.length} × ${counts[0]}`
    : counts.join(", ");
  return {
    name: `d = ${dimension}, m = ${sizes}`,
    problem: { dimension, counts, epsilon: 0.5, lambda },
    climb,
  };
}

/** The constants of the official code: its weight `lmb` of ‖Z‖² is half of λ, and its `eps` is ε². */
const official = { epsilonSquared: 0.5, lambda: 0.002 };

const recipe = {
  ...official,
  optimiser: "adamw",
  learningRate: 5e-3,
  finalLearningRate: 0,
  weightDecay: 5e-4,
  beta2: 0.999,
  clip: 0,
  execution: "graph",
} as const;

const small: DeepPreset = {
  from: "mnist",
  classes: 3,
  each: 100,
  net: { hidden: 256, features: 32 },
  recipe: { ...recipe, steps: 300, warmup: 50 },
};

/** The network of the official code, on the first three digits. */
const full: DeepPreset = {
  from: "mnist",
  classes: 3,
  each: 100,
  net: { hidden: 2048, features: 128 },
  recipe: { ...recipe, steps: 805, warmup: 200 },
};

const landscapeSizes = { dimension: 3, counts: [2, 2], epsilon: 1 };
const landscape = { ...landscapeSizes, lambda: 0.3 * largestLambda(landscapeSizes) };

const quick: Mcr2Preset = {
  balanced: [ascent(100, [50, 50, 50, 50]), ascent(20, [10, 10, 10, 10]), ascent(20, [4, 4, 4])],
  unbalanced: [ascent(100, [30, 70, 40, 60]), ascent(20, [6, 14, 8, 12])],
  grid: { problems: [], nearMost: [], starts: 0 },
  landscape: { problem: landscape, starts: 200 },
  deep: small,
  more: [],
  corruption: { ...small, rates: [0, 0.25, 0.5] },
  test: 300,
  // MNIST's digits are white on black: ε = 8 hardly moves them, so it is three times that of the usual attack.
  attack: { epsilon: 24, stepSize: 6, steps: 10, count: 900 },
};

/** Problems of 2, 4 and 10 classes of one size at shares of λ_max, 200 tokens in 100 dimensions. */
function gridAt(shares: readonly number[]): readonly AscentPreset[] {
  return [2, 4, 10].flatMap((classes) =>
    shares.map((share) => {
      const counts = new Array<number>(classes).fill(200 / classes);
      const most = largestLambda({ dimension: 100, counts, epsilon: 0.5 });
      return { ...ascent(100, counts, share * most), name: `K = ${classes}, λ = ${share} λ_max` };
    })
  );
}

const laptop: Mcr2Preset = {
  ...quick,
  grid: { problems: gridAt([0.05, 0.2, 0.5]), nearMost: gridAt([0.8]), starts: 10 },
  landscape: { problem: landscape, starts: 1000 },
  deep: full,
  more: [{ ...full, classes: 10 }],
  corruption: { ...small, rates: [0, 0.1, 0.2, 0.3, 0.4, 0.5] },
  attack: { ...quick.attack, count: 900 },
};

/** The official code's sizes, more classes and more images of each, and the first two classes of CIFAR-10. */
const paper: Mcr2Preset = {
  ...laptop,
  more: [
    ...[5, 10].flatMap((classes) => [100, 500].map((each) => ({ ...full, classes, each }))),
    { ...full, from: "cifar10", classes: 2, net: { hidden: 4096, features: 128 } },
  ],
  corruption: { ...full, rates: laptop.corruption.rates },
};

/** The presets of MCR². */
export const mcr2Presets: Readonly<Record<PresetName, Mcr2Preset>> = {
  smoke: {
    ...quick,
    balanced: [ascent(20, [10, 10, 10, 10])],
    unbalanced: [ascent(20, [6, 14, 8, 12])],
    landscape: { problem: landscape, starts: 20 },
    deep: {
      ...small,
      each: 20,
      net: { hidden: 32, features: 8 },
      recipe: { ...small.recipe, steps: 20, warmup: 2 },
    },
    corruption: {
      ...small,
      each: 20,
      net: { hidden: 32, features: 8 },
      recipe: { ...small.recipe, steps: 20, warmup: 2 },
      rates: [0.5],
    },
    test: 20,
    attack: { ...quick.attack, steps: 2, count: 60 },
  },
  quick,
  laptop,
  paper,
};
