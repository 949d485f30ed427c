/**
 * Masks: which patches of images are hidden.
 *
 * @module
 */
import { type Tensor, tensor } from "../tensor/array.ts";
import { type RandomKey, uniform } from "./random.ts";

/**
 * Hides as many patches of each image, whichever the key draws: those whose numbers are not among the smallest
 * ⌊patches · (1 − ratio)⌋.
 *
 * @example Three of four patches
 * ```ts
 * import { randomMasks } from "./mask.ts";
 * import { assertEquals } from "@std/assert";
 *
 * const { data } = randomMasks({ seed: 1, stream: "example" }, { images: 2, patches: 4, ratio: 0.75 });
 * assertEquals((data as Float32Array).reduce((sum, hidden) => sum + hidden, 0), 6);
 * ```
 *
 * @param key Which masks.
 * @returns float32 [images, patches]: 1 for hidden patches and 0 for others.
 */
export function randomMasks(
  key: RandomKey,
  { images, patches, ratio }: { readonly images: number; readonly patches: number; readonly ratio: number },
): Tensor {
  const draws = uniform(key, images * patches);
  const kept = Math.floor(patches * (1 - ratio));
  const masks = new Float32Array(images * patches).fill(1);
  for (let image = 0; image < images; image++) {
    const start = image * patches;
    const order = Uint32Array.from({ length: patches }, (_, patch) => patch)
      .sort((a, b) => draws[start + a]! - draws[start + b]!);
    for (const patch of order.subarray(0, kept)) masks[start + patch] = 0;
  }
  return tensor("float32", [images, patches], masks);
}
