/**
 * Image classifiers as they are used: pixels in, logits out.
 *
 * @module
 */
import type * as TensorFlow from "@tensorflow/tfjs";
import * as Schema from "effect/Schema";
import type { Checkpoint } from "../kinds/checkpoint.ts";
import type { Tensor } from "../tensor/array.ts";
import { loadNetwork, type Saved } from "./checkpoint.ts";
import type { Network, Pass } from "./network.ts";
import { type Normalisation, normaliseImages } from "./normalisation.ts";
import type { Parameters } from "./parameters.ts";

/** What the configuration of any image classifier says. */
export interface ImageConfig {
  /** The images' side in pixels. */
  readonly side: number;
  /** The images' channels. */
  readonly channels: number;
  /** Classes. */
  readonly classes: number;
}

/** A network that classifies images. */
export type ImageNetwork<Config extends ImageConfig> = Network<Config>;

/** An image classifier as it is kept. */
export interface SavedClassifier<Config> extends Saved<Config> {
  /** How its images are normalised. */
  readonly normalisation: Normalisation;
}

const Normalised = Schema.Struct({
  mean: Schema.Array(Schema.Finite),
  deviation: Schema.Array(Schema.Finite),
});

/**
 * Takes an image classifier out of a checkpoint.
 *
 * @throws {CheckpointError} When the checkpoint is of another network.
 */
export function loadClassifier<Config extends ImageConfig>(
  network: ImageNetwork<Config>,
  checkpoint: Checkpoint,
): SavedClassifier<Config> {
  const saved = loadNetwork(network, checkpoint);
  return { ...saved, normalisation: Schema.decodeUnknownSync(Normalised)(saved.facts.normalisation) };
}

/** Logits [B, classes] of images [B, H, W, C] with pixels in [0, 1]. */
export function logitsOf<Config extends ImageConfig>(
  network: ImageNetwork<Config>,
  { config, normalisation }: Pick<SavedClassifier<Config>, "config" | "normalisation">,
  parameters: Parameters,
  images: TensorFlow.Tensor,
  pass?: Pass,
): TensorFlow.Tensor2D {
  return network.forward(
    parameters,
    normaliseImages(images, normalisation),
    config,
    pass,
  ) as TensorFlow.Tensor2D;
}

/**
 * Some of a dataset's images, as pixels in [0, 1].
 *
 * @param images uint8 [n, H, W, C].
 * @param indices Which ones, in order.
 * @returns float32 [indices, H, W, C]
 */
export function pixelsOf({ shape, data }: Tensor, indices: ArrayLike<number>): Tensor {
  const [, ...size] = shape;
  const stride = data.length / shape[0]!;
  const pixels = new Float32Array(indices.length * stride);
  for (let place = 0; place < indices.length; place++) {
    const from = indices[place]! * stride;
    for (let offset = 0; offset < stride; offset++) {
      pixels[place * stride + offset] = Number(data[from + offset]) / 255;
    }
  }
  return { dtype: "float32", shape: [indices.length, ...size], data: pixels };
}
