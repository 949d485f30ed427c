/**
 * Noise of an attack's own size.
 *
 * @module
 */
import type { Images } from "./labelled.ts";
import { uniform } from "./random.ts";

/**
 * Moves each byte by a number of grey levels, up or down by the toss of a coin, and keeps it between 0 and 255: a corner
 * of the ball in which an attack searches, so that what the attack does beyond it is the attack's own.
 *
 * @param images The images.
 * @param noise ε, in whole grey levels of 255, and the seed.
 * @returns The bytes of the noisy images.
 */
export function addRandomSigns(
  images: Images,
  { epsilon, seed }: { readonly epsilon: number; readonly seed: number },
): Uint8Array {
  const length = images.height * images.width * images.channels;
  // This array stops at 0 and at 255.
  const noisy = new Uint8ClampedArray(images.data.length);
  for (let image = 0; image < images.count; image += 1) {
    const draws = uniform({ seed, stream: "random-signs", step: image }, length);
    const start = image * length;
    for (let place = 0; place < length; place += 1) {
      noisy[start + place] = images.data[start + place]! + (draws[place]! < 0.5 ? -epsilon : epsilon);
    }
  }
  return new Uint8Array(noisy.buffer);
}
