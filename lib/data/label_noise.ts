/**
 * Label noise: labels that are wrong.
 *
 * @module
 */
import { integers, uniform } from "./random.ts";

/**
 * Replaces each label, with probability `rate`, by one drawn uniformly from the other classes.
 *
 * Which labels go is drawn once for a seed: those replaced at a lower rate are among those at a higher one.
 *
 * @example Usage
 * ```ts
 * import { replaceLabels } from "./label_noise.ts";
 * import { assertEquals } from "@std/assert";
 *
 * const labels = Int32Array.of(0, 1, 1, 0);
 * assertEquals(replaceLabels(labels, 2, { rate: 1, seed: 7 }), Int32Array.of(1, 0, 0, 1));
 * ```
 *
 * @param labels The labels.
 * @param classes How many classes there are: at least two.
 * @param noise The probability, from 0 to 1, and the seed.
 */
export function replaceLabels(
  labels: Int32Array,
  classes: number,
  noise: { readonly rate: number; readonly seed: number },
): Int32Array {
  const chance = uniform({ seed: noise.seed, stream: "label-noise/which" }, labels.length);
  const shift = integers({ seed: noise.seed, stream: "label-noise/what" }, labels.length, classes - 1);
  return labels.map((label, place) =>
    chance[place]! < noise.rate ? (label + 1 + shift[place]!) % classes : label
  );
}
