/**
 * The models and sizes whose training steps are measured.
 *
 * @module
 */
import { crate } from "../../lib/nn/crate.ts";
import { crateMae } from "../../lib/nn/crate_mae.ts";
import { softmaxTwin } from "../../lib/nn/softmax_twin.ts";
import { tost } from "../../lib/nn/tost.ts";
import { vit } from "../../lib/nn/vit.ts";
import { autoencoder, classifier, quickSize, type Sample } from "../tensor/training.ts";

/** The models. */
export const models = ["ToST", "CRATE", "CRATE-MAE", "ViT"] as const;

/** A model's name. */
export type Model = typeof models[number];

/** The sizes, with the number of images in a batch left out: it is 64 throughout. */
export const sizes = {
  /** 49 tokens of MNIST. */
  quick: quickSize,
  /** 64 tokens of CIFAR-10. */
  laptop: { side: 32, channels: 3, patch: 4, width: 128, depth: 6, heads: 4, classes: 10 },
} as const;

/** A size's name. */
export type Size = keyof typeof sizes;

/** Images in a batch. */
const images = 64;

/** Blocks of the autoencoder's encoder, and as many of its decoder. */
const half = { quick: 3, laptop: 6 };

/** A step of one of the project's own networks, as trainings make it. */
export function ownSample(model: Model, name: Size): Sample {
  const size = sizes[name];
  const ista = { step: 0.1, sparsity: 0.1 };
  switch (model) {
    case "ToST":
      return classifier(tost, { ...size, ...onLine, classBlocks: 0, layerScale: 1, form: "code" }, images);
    case "CRATE":
      return classifier(crate, { ...size, ...ista, output: "free", prox: "ista", pool: "class" }, images);
    case "CRATE-MAE":
      return autoencoder(crateMae, {
        ...size,
        ...ista,
        depth: half[name],
        decoderDepth: half[name],
        decoderHeads: size.heads,
        targets: "pixels",
      }, images);
    case "ViT":
      return classifier(vit, size, images);
  }
}

const onLine = { stem: "linear" } as const;

/** A step of ToST or of its softmax twin on so many tokens: 8 grey images, width 48, 4 blocks. */
export function tokensSample(mixer: "tssa" | "softmax", tokens: number): Sample {
  const config = {
    ...{ ...quickSize, ...onLine, side: 2 * Math.sqrt(tokens), patch: 2 },
    ...{ classBlocks: 0, layerScale: 1 },
  };
  return mixer === "tssa"
    ? classifier(tost, { ...config, form: "code" }, 8)
    : classifier(softmaxTwin, config, 8);
}
