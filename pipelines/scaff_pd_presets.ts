/**
 * The sizes at which Scaff-PD is reproduced.
 *
 * @module
 */
import type { PresetName } from "../lib/dag/pipeline.ts";
import type { Contexts } from "../lib/federated/contexts.ts";
import type { Plan } from "../lib/federated/federate.ts";
import type { FeatureMap } from "../lib/federated/frozen_features.ts";
import type { Objective } from "../lib/federated/objective.ts";

/** A federation of made-up clients, and the steps of Scaff-PD on it. */
export interface Synthetic {
  /** What is told from the features. */
  readonly targets: "numbers" | "signs";
  /** The clients' losses. */
  readonly objective: Objective;
  /** N. */
  readonly clients: number;
  /** d. */
  readonly dimension: number;
  /** Examples of each client. */
  readonly examples: number;
  /** How far each client's true model is from the others': the first client's, and the rest's. */
  readonly shift: { readonly first: number; readonly rest: number };
  /** ρ of the χ² penalty. */
  readonly rho: number;
  /** τ·L. */
  readonly step: number;
  /** σ. */
  readonly dualStep: number;
}

/** Data sets of images with the α of the Dirichlet distributions that deal out their classes, by the letter of their claims. */
export const imageData = {
  a: { from: "fashionMnist", alpha: 0.05 },
  b: { from: "fashionMnist", alpha: 0.1 },
  c: { from: "cifar10", alpha: 0.05 },
  d: { from: "cifar10", alpha: 0.1 },
} as const;

/** The letter of a data set of images. */
export type ImageData = keyof typeof imageData;

/** Clients with images of a data set, its classes dealt out unevenly. */
export interface ImageFederations {
  /** Which data sets. */
  readonly data: readonly ImageData[];
  /** Images of no client, on which the features are made. */
  readonly open: number;
  /** Training images of all clients together, and as many test images. */
  readonly images: number;
  /** The frozen features. */
  readonly map: FeatureMap;
}

/** Clients that are roles of plays. */
export interface RoleFederation {
  /** The least characters that a role says. */
  readonly characters: number;
  /** The frozen features of its text. */
  readonly contexts: Contexts;
  /** Rounds of every method. */
  readonly rounds: number;
}

/** What methods are given on real data, all alike. */
export interface RealTraining {
  /** N. */
  readonly clients: number;
  /** Rounds of every method, and after how many it is looked at. */
  readonly rounds: number;
  /** After how many rounds accuracies are measured. */
  readonly every: number;
  /** J. */
  readonly localSteps: number;
  /** τ·L; J/2 makes local steps half of 1/L long. */
  readonly step: number;
  /** Examples of a batch. */
  readonly batch: number;
  /** The weight of ½‖x‖². */
  readonly ridge: number;
  /** σ of Scaff-PD and AFL; DRFA's γ is σ/J. */
  readonly dualStep: number;
  /** ρ of the χ² penalty that claims are judged at. */
  readonly rho: number;
  /** Further ρ, for the figure. */
  readonly otherRhos: readonly number[];
}

/** What a preset of Scaff-PD says. */
export interface ScaffPdPreset {
  /** Federations of made-up clients for each seed. */
  readonly federations: number;
  /** Rounds of the methods on made-up clients. */
  readonly rounds: number;
  /** J of Scaff-PD there. */
  readonly localSteps: number;
  /** J with which the bias of local steps is looked at. */
  readonly biased: readonly number[];
  /** Linear and logistic regressions. */
  readonly synthetic: Readonly<Record<"linear" | "logistic", Synthetic>>;
  /** What DRFA is tried with: τ·L, and its dual step as a share of Scaff-PD's. */
  readonly drfa: { readonly steps: readonly number[]; readonly dualShares: readonly number[] };
  /** Rounds of the accelerated schedule, without a penalty. */
  readonly accelerated: { readonly rounds: number; readonly step: number; readonly ratio: number };
  /** Federations of images. */
  readonly images: ImageFederations;
  /** A federation of roles. */
  readonly roles: RoleFederation | null;
  /** How methods are trained on real data. */
  readonly training: RealTraining;
}

/** Everyone in every round. */
export const everyone: Pick<Plan, "participation" | "dropOut"> = { participation: 1, dropOut: 0 };

const synthetic: ScaffPdPreset["synthetic"] = {
  linear: {
    targets: "numbers",
    objective: { kind: "least-squares", ridge: 0.1 },
    clients: 5,
    dimension: 10,
    examples: 100,
    shift: { first: 3, rest: 1 },
    rho: 0.1,
    step: 0.4,
    dualStep: 0.03,
  },
  logistic: {
    targets: "signs",
    objective: { kind: "logistic", ridge: 0.05 },
    clients: 4,
    dimension: 8,
    examples: 60,
    shift: { first: 1.5, rest: 1.5 },
    rho: 0.1,
    step: 0.4,
    dualStep: 1,
  },
};

const map: FeatureMap = { filters: 32, size: 6, stride: 2, features: 64, seed: 0 };

const training: RealTraining = {
  clients: 20,
  rounds: 60,
  every: 3,
  localSteps: 20,
  step: 10,
  batch: 32,
  ridge: 1e-4,
  dualStep: 0.1,
  rho: 0.2,
  otherRhos: [],
};

const quick: ScaffPdPreset = {
  federations: 2,
  rounds: 300,
  localSteps: 20,
  biased: [5, 20, 100],
  synthetic,
  drfa: { steps: [0.4, 0.1, 0.025], dualShares: [1, 0.3, 0.1] },
  accelerated: { rounds: 1000, step: 0.4, ratio: 0.03 },
  images: { data: ["a"], open: 1000, images: 4000, map },
  roles: null,
  training,
};

const laptop: ScaffPdPreset = {
  ...quick,
  federations: 4,
  images: { data: ["a", "b", "c", "d"], open: 1000, images: 6000, map },
  roles: {
    characters: 10_000,
    contexts: { context: 4, features: 64, places: 300, seed: 0 },
    rounds: 60,
  },
  training: { ...training, rounds: 200, every: 5, otherRhos: [0.1, 0.5] },
};

/** The presets of Scaff-PD. */
export const scaffPdPresets: Readonly<Record<PresetName, ScaffPdPreset>> = {
  smoke: {
    ...quick,
    federations: 1,
    rounds: 12,
    localSteps: 3,
    biased: [3],
    drfa: { steps: [0.4], dualShares: [1] },
    accelerated: { ...quick.accelerated, rounds: 30 },
    images: {
      data: ["a"],
      open: 60,
      images: 200,
      map: { filters: 4, size: 6, stride: 4, features: 8, seed: 0 },
    },
    roles: null,
    training: { ...training, clients: 3, rounds: 4, every: 2, localSteps: 3, step: 1.5, batch: 8 },
  },
  quick,
  laptop,
  paper: { ...laptop, training: { ...laptop.training, rounds: 500, localSteps: 100, step: 50 } },
};
