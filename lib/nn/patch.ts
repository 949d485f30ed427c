/**
 * Patches: images cut into tokens.
 *
 * @module
 */
import type * as TensorFlow from "@tensorflow/tfjs";
import { tf } from "../tensor/native.ts";

/**
 * Cuts images into square patches.
 *
 * @param images [B, H, W, C]; H and W are multiples of `patch`.
 * @param patch The side of a patch, in pixels.
 * @returns [B, H/patch · W/patch, patch · patch · C], patches row by row, a patch's values by row, column, channel.
 */
export function patchify(images: TensorFlow.Tensor, patch: number): TensorFlow.Tensor3D {
  const [batch, height, width, channels] = images.shape as [number, number, number, number];
  const [rows, columns] = [height / patch, width / patch];
  const blocks = tf.reshape(images, [batch, rows, patch, columns, patch, channels]);
  return tf.reshape(tf.transpose(blocks, [0, 1, 3, 2, 4, 5]), [
    batch,
    rows * columns,
    patch * patch * channels,
  ]);
}
