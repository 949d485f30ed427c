/**
 * Gaussian noise on pixels.
 *
 * @module
 */
import type { Images } from "./labelled.ts";
import { normal } from "./random.ts";

/**
 * Adds independent normal noise to each byte, rounds, and keeps it between 0 and 255.
 *
 * @param images The images.
 * @param noise The standard deviation as a share of the full range of 255, and the seed.
 * @returns The bytes of the noisy images.
 */
export function addGaussianNoise(
  images: Images,
  noise: { readonly sigma: number; readonly seed: number },
): Uint8Array {
  const length = images.height * images.width * images.channels;
  // This array rounds, and stops at 0 and at 255.
  const noisy = new Uint8ClampedArray(images.data.length);
  for (let image = 0; image < images.count; image += 1) {
    const draws = normal({ seed: noise.seed, stream: "gaussian-pixels", step: image }, length);
    const start = image * length;
    for (let place = 0; place < length; place += 1) {
      noisy[start + place] = images.data[start + place]! + 255 * noise.sigma * draws[place]!;
    }
  }
  return new Uint8Array(noisy.buffer);
}
