/**
 * Normalisation of images by the statistics of the training data.
 *
 * @module
 */
import type * as TensorFlow from "@tensorflow/tfjs";
import type { Tensor } from "../tensor/array.ts";
import { tf } from "../tensor/native.ts";

/** Each channel's mean and standard deviation, for pixels in [0, 1]. */
export interface Normalisation {
  /** Means, one a channel. */
  readonly mean: readonly number[];
  /** Standard deviations, one a channel. */
  readonly deviation: readonly number[];
}

/** The statistics of ImageNet's training images that trainings on photographs use, whichever photographs they are. */
export const imagenetNormalisation: Normalisation = {
  mean: [0.485, 0.456, 0.406],
  deviation: [0.229, 0.224, 0.225],
};

/**
 * Measures the normalisation of images.
 *
 * @example A black and a white pixel
 * ```ts
 * import { measureNormalisation } from "./normalisation.ts";
 * import { tensor } from "../tensor/array.ts";
 * import { assertEquals } from "@std/assert";
 *
 * const images = tensor("uint8", [1, 1, 2, 1], [0, 255]);
 * assertEquals(measureNormalisation(images), { mean: [0.5], deviation: [0.5] });
 * ```
 *
 * @param images uint8 [n, H, W, C].
 */
export function measureNormalisation({ shape, data }: Tensor): Normalisation {
  const channels = shape.at(-1)!;
  const sums = new Float64Array(channels);
  const squares = new Float64Array(channels);
  for (let index = 0; index < data.length; index++) {
    const byte = Number(data[index]);
    sums[index % channels]! += byte;
    squares[index % channels]! += byte * byte;
  }
  const count = data.length / channels;
  return {
    mean: Array.from(sums, (sum) => sum / count / 255),
    deviation: Array.from(squares, (square, channel) => {
      // Whole numbers, so that a channel that never varies has exactly no deviation.
      const spread = BigInt(count) * BigInt(square) - BigInt(sums[channel]!) ** 2n;
      return Math.sqrt(Number(spread)) / count / 255;
    }),
  };
}

/** Normalises images [B, H, W, C] of pixels in [0, 1]. A channel that never varies is only shifted. */
export function normaliseImages(
  images: TensorFlow.Tensor,
  { mean, deviation }: Normalisation,
): TensorFlow.Tensor {
  const scale = deviation.map((value) => value === 0 ? 1 : value);
  return tf.div(tf.sub(images, tf.tensor1d([...mean])), tf.tensor1d(scale));
}
