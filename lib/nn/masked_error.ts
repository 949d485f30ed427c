/**
 * How far a masked autoencoder's predictions are from the patches that it did not see.
 *
 * @module
 */
import type * as TensorFlow from "@tensorflow/tfjs";
import { tf } from "../tensor/native.ts";
import type { MaeConfig } from "./mae.ts";
import { patchify } from "./patch.ts";

/** What is added to the variance of a patch that is normalised. */
const epsilon = 1e-6;

/**
 * The mean square error of each image's hidden patches, [B].
 *
 * The official loss is the sum of errors over all hidden patches of a batch by their number. It is the mean of this where
 * as many patches of each image are hidden.
 *
 * @param predicted The predicted values of patches, [B, n, patch · patch · C].
 * @param images The images, [B, H, W, C].
 * @param mask 1 for hidden patches and 0 for others, [B, n].
 */
export function maskedError(
  predicted: TensorFlow.Tensor,
  images: TensorFlow.Tensor,
  mask: TensorFlow.Tensor,
  config: Pick<MaeConfig, "patch" | "targets">,
): TensorFlow.Tensor {
  const errors = tf.mean(tf.square(tf.sub(predicted, targetsOf(images, config))), -1);
  return tf.div(tf.sum(tf.mul(errors, mask), -1), tf.sum(mask, -1));
}

/** What a masked autoencoder is to predict of images: [B, n, patch · patch · C]. */
function targetsOf(
  images: TensorFlow.Tensor,
  { patch, targets }: Pick<MaeConfig, "patch" | "targets">,
): TensorFlow.Tensor {
  const patches = patchify(images, patch);
  if (targets === "pixels") return patches;
  const values = patches.shape[2];
  const centred = tf.sub(patches, tf.mean(patches, -1, true));
  // The variance is the unbiased one, as PyTorch computes it.
  const variance = tf.mul(tf.mean(tf.square(centred), -1, true), values / (values - 1));
  return tf.div(centred, tf.sqrt(tf.add(variance, epsilon)));
}
