/**
 * What the claims and figures of CRATE rest on.
 *
 * @module
 */
import type { Node } from "../lib/dag/node.ts";
import type { Checkpoint } from "../lib/kinds/checkpoint.ts";
import type { PresetName } from "../lib/dag/pipeline.ts";
import type { Metrics } from "../lib/kinds/metrics.ts";
import type { CratePreset } from "./crate_presets.ts";

/** A node that measured something. */
export type Measured = Node<typeof Metrics>;

/** A node that ends with a network. */
export type Model = Node<typeof Checkpoint>;

/** Accuracies of one network under several conditions. */
export type Conditions = Readonly<Record<"clean" | "noisy" | "attacked", Measured>>;

/** The nodes whose results the claims and figures of CRATE read: of each seed, unless they need none. */
export interface CrateEvidence {
  /** What layers do before training, after an epoch and at the end, and the accuracy at the end. */
  readonly looked: readonly {
    readonly models: Readonly<Record<"untrained" | "early" | "trained", Model>>;
    readonly untrained: Measured;
    readonly early: Measured;
    readonly trained: Measured;
    readonly accuracy: Measured;
  }[];
  /** Accuracies of CRATE, of ViT of its width, and of ViT with as many parameters. */
  readonly compared: readonly {
    readonly models: Readonly<Record<"crate" | "vit" | "narrowVit", Model>>;
    readonly crate: Conditions;
    readonly vit: Conditions;
    readonly narrowVit: Measured;
  }[];
  /** Accuracies of CRATE with one thing changed, of the network or of its training labels. */
  readonly ablated: readonly Readonly<
    Record<
      | "official"
      | "smallStep"
      | "largeStep"
      | "lessSparse"
      | "moreSparse"
      | "tied"
      | "majorisation"
      | "mislabelled",
      Measured
    >
  >[];
  /** Causal CRATE and GPT-2, and their losses. */
  readonly writers: readonly {
    readonly models: Readonly<Record<"crate" | "softmax", Model>>;
    readonly crate: Measured;
    readonly softmax: Measured;
  }[];
  /** Entropies of the text, where they can be counted. */
  readonly entropies: Measured | undefined;
  /** Parameters of the official sizes. */
  readonly parameters: Measured;
}

/** What claims need to know of the run. */
export interface Run {
  readonly preset: CratePreset;
  readonly name: PresetName;
}

/** Why a preset cannot speak to what needs a trained network. */
export function tooSmall(name: PresetName): { readonly outOfScale?: string } {
  return name === "smoke"
    ? { outOfScale: "smoke only shows that everything runs; the quick preset measures this" }
    : {};
}

/** The true name of the images, for notes. */
export function dataOf({ images }: CratePreset): string {
  return {
    mnist: "MNIST",
    cifar10: "CIFAR-10 (or the JPEG copy of it that ASSAY_DATA holds; the figures say which)",
    imagenet: "ImageNet-1k",
  }[images.from];
}
