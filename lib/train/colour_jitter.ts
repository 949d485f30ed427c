/**
 * Colour jitter: brightness, contrast and saturation at random, in a random order, as torchvision's `ColorJitter`.
 *
 * @module
 */
import { type RandomKey, uniform } from "../data/random.ts";
import { brightness, colour, contrast } from "../image/enhance.ts";
import type { Picture } from "../image/picture.ts";

const enhancements = [brightness, contrast, colour];

/** The six orders of three things. */
const orders = [[0, 1, 2], [0, 2, 1], [1, 0, 2], [1, 2, 0], [2, 0, 1], [2, 1, 0]] as const;

/**
 * Enhances each picture of a batch by three factors from `[max(0, 1 − strength), 1 + strength]`.
 *
 * @param pictures The pictures.
 * @param strength How far the factors go from 1.
 * @param key The seed and the step: equal ones give equal pictures.
 */
export function colourJitter(
  pictures: readonly Picture[],
  strength: number,
  key: Omit<RandomKey, "stream">,
): Picture[] {
  const least = Math.max(0, 1 - strength);
  const numbers = uniform({ ...key, stream: "colour-jitter" }, 4 * pictures.length);
  return pictures.map((picture, place) => {
    const [order, ...factors] = numbers.subarray(4 * place, 4 * place + 4);
    return orders[Math.floor(6 * order!)]!.reduce<Picture>(
      (changed, which) => enhancements[which]!(changed, least + (1 + strength - least) * factors[which]!),
      picture,
    );
  });
}
