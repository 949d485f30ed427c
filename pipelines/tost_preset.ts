/**
 * What a preset of ToST says.
 *
 * @module
 */
import type { Attack } from "../lib/attack/attack.ts";
import type { ProjectedGradient } from "../lib/attack/classifier.ts";
import type { ListopsSize } from "../lib/data/listops.ts";
import type { Timing } from "../lib/evaluate/attention_cost.ts";
import type { LanguageConfig } from "../lib/nn/language.ts";
import type { SequenceConfig } from "../lib/nn/sequence.ts";
import type { TostConfig } from "../lib/nn/tost.ts";
import type { ClassifierRecipe } from "../lib/train/classifier.ts";
import type { Recipe } from "../lib/train/recipe.ts";

/** What a preset of ToST says. */
export interface TostPreset {
  /** The images: where from, how many to train and to test on. */
  readonly images: {
    readonly from: "mnist" | "cifar10" | "imagenet";
    readonly train: number;
    readonly test: number;
  };
  /** The classifier. Its twin is the same, with softmax attention for TSSA. */
  readonly net: TostConfig;
  /** How both are trained. */
  readonly recipe: Omit<ClassifierRecipe, "seed">;
  /** What is added to test images, beyond the paper. */
  readonly nuisance: {
    /** Standard deviation of the noise on pixels, as a share of their range. */
    readonly sigma: number;
    /** Side of the white square that says nothing of the label, in pixels. */
    readonly square: number;
  };
  /** The attack by projected gradient descent, beyond the paper. */
  readonly attack: Omit<ProjectedGradient, "seed">;
  /** The attacks by Auto-PGD that check it: one within the same ε, and one of a size that nothing withstands. */
  readonly check: Omit<Extract<Attack, { readonly kind: "auto-pgd" }>, "epsilon" | "count" | "seed"> & {
    /** The size that nothing withstands, in grey levels of 255. */
    readonly beyond: number;
    /** How many images are attacked with it. */
    readonly count: number;
  };
  /** How many test images the layers are measured on, and how many are drawn. */
  readonly layers: { readonly count: number; readonly drawn: number };
  /** The language models: text, network, training, and windows of text to measure the loss on. */
  readonly language: {
    readonly from: "sotu" | "shakespeare";
    readonly characters: number;
    readonly net: LanguageConfig;
    readonly recipe: Omit<Recipe, "seed">;
    readonly windows: number;
  };
  /** Long sequences: ListOps, the network, its twin with softmax attention, and how both are trained. */
  readonly sequences?: {
    readonly train: number;
    readonly test: number;
    readonly size: ListopsSize;
    readonly net: SequenceConfig;
    readonly recipe: Omit<Recipe, "seed">;
  };
  /** A language model of the paper's own size and text, with its twin. */
  readonly webText?: {
    readonly train: number;
    readonly validation: number;
    readonly net: LanguageConfig;
    readonly recipe: Omit<Recipe, "seed">;
    readonly windows: number;
  };
  /** What the attention operators are timed on. */
  readonly timing: Timing;
}
