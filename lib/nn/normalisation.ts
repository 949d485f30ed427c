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

/**
 * Measures the normalisation of images.
 *
 * @param images uint8 [n, H, W, C].
 */
export function measureNormalisation({ shape, data }: Tensor): Normalisation {
  const channels = shape.at(-1)!;
  const sums = new Float64Array(channels);
  const squares = new Float64Array(channels);
  for (let index = 0; index < data.length; index++) {
    const pixel = Number(data[index]) / 255;
    sums[index % channels]! += pixel;
    squares[index % channels]! += pixel * pixel;
  }
  const count = data.length / channels;
  const mean = Array.from(sums, (sum) => sum / count);
  return {
    mean,
    deviation: Array.from(squares, (square, channel) => Math.sqrt(square / count - mean[channel]! ** 2)),
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
