/**
 * Augmentation of image batches, drawn by seed and step.
 *
 * @module
 */
import { integers } from "../data/random.ts";
import type { Tensor } from "../tensor/array.ts";

/** Pixels of black by which an image is enlarged on each side before it is cropped. */
const margin = 4;

/**
 * Crops each image from a version with 4 pixels of black around it, and mirrors it with probability ½: the usual
 * augmentation for CIFAR (He et al. 2016).
 *
 * @param images float32 or uint8 [B, H, W, C].
 * @param key The seed and the step: equal ones give equal crops.
 */
export function cropAndFlip(
  images: Tensor,
  key: { readonly seed: number; readonly step: number },
): Tensor {
  const [batch, height, width, channels] = images.shape as [number, number, number, number];
  const offsets = integers({ ...key, stream: "crop" }, 2 * batch, 2 * margin + 1);
  const flips = integers({ ...key, stream: "flip" }, batch, 2);
  const source = images.data;
  const data = images.dtype === "uint8" ? new Uint8Array(source.length) : new Float32Array(source.length);
  for (let image = 0; image < batch; image++) {
    const top = offsets[2 * image]! - margin;
    const left = offsets[2 * image + 1]! - margin;
    const flip = flips[image] === 1;
    const start = image * height * width * channels;
    for (let y = 0; y < height; y++) {
      const fromY = y + top;
      if (fromY < 0 || fromY >= height) continue;
      for (let x = 0; x < width; x++) {
        const fromX = (flip ? width - 1 - x : x) + left;
        if (fromX < 0 || fromX >= width) continue;
        const to = start + (y * width + x) * channels;
        const from = start + (fromY * width + fromX) * channels;
        for (let channel = 0; channel < channels; channel++) {
          data[to + channel] = source[from + channel] as number;
        }
      }
    }
  }
  return { dtype: images.dtype, shape: images.shape, data };
}
