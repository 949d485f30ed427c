/**
 * The four networks that are compared, and what is done with each: CRATE, its two ablations, and ViT.
 *
 * @module
 */
import type { Node } from "../lib/dag/node.ts";
import type { Checkpoint } from "../lib/kinds/checkpoint.ts";
import type { Dataset } from "../lib/kinds/dataset.ts";
import type { Metrics } from "../lib/kinds/metrics.ts";
import type { VitConfig } from "../lib/nn/vit.ts";
import type { ClassifierRecipe } from "../lib/train/classifier.ts";
import { crateAccuracy } from "../tasks/evaluate/crate_accuracy.ts";
import { crateAttention } from "../tasks/evaluate/crate_attention.ts";
import { crateMhsaAccuracy } from "../tasks/evaluate/crate_mhsa_accuracy.ts";
import { crateMhsaAttention } from "../tasks/evaluate/crate_mhsa_attention.ts";
import { crateMlpAccuracy } from "../tasks/evaluate/crate_mlp_accuracy.ts";
import { crateMlpAttention } from "../tasks/evaluate/crate_mlp_attention.ts";
import { vitAccuracy } from "../tasks/evaluate/vit_accuracy.ts";
import { vitAttention } from "../tasks/evaluate/vit_attention.ts";
import { initialCrate } from "../tasks/train/initial_crate.ts";
import { initialCrateMhsa } from "../tasks/train/initial_crate_mhsa.ts";
import { initialCrateMlp } from "../tasks/train/initial_crate_mlp.ts";
import { initialVit } from "../tasks/train/initial_vit.ts";
import { trainCrate } from "../tasks/train/crate.ts";
import { trainCrateMhsa } from "../tasks/train/crate_mhsa.ts";
import { trainCrateMlp } from "../tasks/train/crate_mlp.ts";
import { trainVit } from "../tasks/train/vit.ts";

/** The names of the networks, as the ablation has them from CRATE to ViT (Table 2). */
export const networkNames = ["crate", "crate-mlp", "crate-mhsa", "vit"] as const;
/** A network's name. */
export type NetworkName = typeof networkNames[number];

/** What is done with a network. Sizes and recipe are the same for all. */
export interface Treatment {
  /** Trains it; `stop` takes a snapshot. */
  readonly train: (seed: number, stop?: number) => Node<typeof Checkpoint>;
  /** It before training. */
  readonly initial: (seed: number) => Node<typeof Checkpoint>;
  /** The share of images that it classifies rightly. */
  readonly accuracy: (model: Node<typeof Checkpoint>, data: Node<typeof Dataset>) => Node<typeof Metrics>;
  /** What its class token attends to in the first images. */
  readonly attention: (
    model: Node<typeof Checkpoint>,
    data: Node<typeof Dataset>,
    count: number,
  ) => Node<typeof Dataset>;
}

/** How ISTA is set in CRATE and in CRATE-MHSA: as officially. */
const ista = { step: 0.1, sparsity: 0.1 } as const;

/** The four networks at one size, trained by one recipe on the same images. */
export function treatments(
  net: VitConfig,
  recipe: Omit<ClassifierRecipe, "seed">,
  data: Node<typeof Dataset>,
): Readonly<Record<NetworkName, Treatment>> {
  const shell = { ...net, pool: "class" } as const;
  const crate = { ...shell, ...ista, output: "free", prox: "ista" } as const;
  const run = (seed: number, stop?: number) => ({ ...recipe, seed, ...(stop === undefined ? {} : { stop }) });
  return {
    crate: {
      train: (seed, stop) => trainCrate({ net: crate, ...run(seed, stop) }, { data }),
      initial: (seed) => initialCrate({ net: crate, seed }, { data }),
      accuracy: (model, data) => crateAccuracy({}, { model, data }),
      attention: (model, data, count) => crateAttention({ count }, { model, data }),
    },
    "crate-mlp": {
      train: (seed, stop) => trainCrateMlp({ net: shell, ...run(seed, stop) }, { data }),
      initial: (seed) => initialCrateMlp({ net: shell, seed }, { data }),
      accuracy: (model, data) => crateMlpAccuracy({}, { model, data }),
      attention: (model, data, count) => crateMlpAttention({ count }, { model, data }),
    },
    "crate-mhsa": {
      train: (seed, stop) => trainCrateMhsa({ net: { ...shell, ...ista }, ...run(seed, stop) }, { data }),
      initial: (seed) => initialCrateMhsa({ net: { ...shell, ...ista }, seed }, { data }),
      accuracy: (model, data) => crateMhsaAccuracy({}, { model, data }),
      attention: (model, data, count) => crateMhsaAttention({ count }, { model, data }),
    },
    vit: {
      train: (seed, stop) => trainVit({ net, ...run(seed, stop) }, { data }),
      initial: (seed) => initialVit({ net, seed }, { data }),
      accuracy: (model, data) => vitAccuracy({}, { model, data }),
      attention: (model, data, count) => vitAttention({ count }, { model, data }),
    },
  };
}
