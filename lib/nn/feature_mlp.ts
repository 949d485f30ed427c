/**
 * The perceptron of the MCR² experiments (arXiv 2406.01909; `peng8wang/MCR2`): pixels → hidden → LayerNorm → ReLU →
 * features. And the same with a linear head, for cross-entropy.
 *
 * @module
 */
import type * as TensorFlow from "@tensorflow/tfjs";
import * as Schema from "effect/Schema";
import { tf } from "../tensor/native.ts";
import { layerNorm } from "../tensor/norm.ts";
import type { ImageNetwork } from "./classifier.ts";
import { dense, linearSpecsByFanIn } from "./linear.ts";
import { constant, inside, nest, parameter, type Parameters, type ParameterSpecs } from "./parameters.ts";

const Size = Schema.Int.check(Schema.isGreaterThan(0));

/** The sizes of the perceptron. */
export const FeatureMlpConfig = Schema.Struct({
  /** The images' side in pixels. */
  side: Size,
  /** The images' channels. */
  channels: Size,
  /** Classes: of the objective's parts, or of the head's outputs. */
  classes: Size,
  /** Hidden units. */
  hidden: Size,
  /** d: numbers in a feature. */
  features: Size,
});

/** The sizes of the perceptron. */
export type FeatureMlpConfig = typeof FeatureMlpConfig.Type;

/** The perceptron: images [B, H, W, C] to features [B, d], which are not normalised. */
export const featureMlp: ImageNetwork<FeatureMlpConfig> = {
  name: "feature-mlp",
  config: FeatureMlpConfig,
  specs: featureSpecs,
  forward: (parameters, images, config) => featuresOf(parameters, images, config),
};

/** The perceptron with a linear head on its features: images [B, H, W, C] to logits [B, classes]. */
export const mlpClassifier: ImageNetwork<FeatureMlpConfig> = {
  name: "mlp-classifier",
  config: FeatureMlpConfig,
  specs: (config) => ({
    ...featureSpecs(config),
    ...nest({ head: linearSpecsByFanIn(config.features, config.classes) }),
  }),
  forward: (parameters, images, config) =>
    dense(inside(parameters, "head"), featuresOf(parameters, images, config)),
};

function featureSpecs({ side, channels, hidden, features }: FeatureMlpConfig): ParameterSpecs {
  return nest({
    hidden: linearSpecsByFanIn(side * side * channels, hidden, { bias: false }),
    norm: { gain: constant([hidden], 1), bias: constant([hidden], 0) },
    features: linearSpecsByFanIn(hidden, features),
  });
}

/** Features [B, d] of images [B, H, W, C]. Without the head's parameters or with them. */
export function featuresOf(
  parameters: Parameters,
  images: TensorFlow.Tensor,
  { side, channels }: FeatureMlpConfig,
): TensorFlow.Tensor {
  const hidden = dense(inside(parameters, "hidden"), images.reshape([-1, side * side * channels]));
  const norm = inside(parameters, "norm");
  const normal = layerNorm(hidden, parameter(norm, "gain"), parameter(norm, "bias"), 1e-5);
  return dense(inside(parameters, "features"), tf.relu(normal));
}
