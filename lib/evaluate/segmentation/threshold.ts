/**
 * From scores of patches to masks: which patches a map calls the object.
 *
 * @module
 */

/** The share of patches, or of attention, that masks keep in arXiv 2308.16271 (appendix B.3). */
export const KEPT = 0.6;

/**
 * Keeps the patches of the highest scores. Of equal scores, the earlier ones.
 *
 * @param count How many.
 * @returns 1 where kept, 0 elsewhere.
 */
export function topEntries(scores: ArrayLike<number>, count: number): Uint8Array {
  const mask = new Uint8Array(scores.length);
  falling(scores).subarray(0, count).forEach((patch) => mask[patch] = 1);
  return mask;
}

/**
 * Keeps a share of the patches, rounded down: what the paper's text says.
 *
 * @example Five of nine
 * ```ts
 * import { topShare } from "./threshold.ts";
 * import { assertEquals } from "@std/assert";
 *
 * const scores = [0.1, 0.4, 0.2, 0.05, 0.3, 0.15, 0.25, 0.35, 0.01];
 * assertEquals([...topShare(scores, 0.6)], [0, 1, 1, 0, 1, 0, 1, 1, 0]);
 * ```
 */
export function topShare(scores: ArrayLike<number>, share: number): Uint8Array {
  return topEntries(scores, Math.floor(share * scores.length));
}

/**
 * Keeps the smallest set of patches that holds a share of the attention: what the program of DINO does, from which the
 * procedure comes.
 *
 * @param weights Attention, nowhere negative; it need not add up to 1.
 */
export function topMass(weights: ArrayLike<number>, share: number): Uint8Array {
  const mask = new Uint8Array(weights.length);
  const total = Array.from(weights).reduce((sum, weight) => sum + weight, 0);
  let held = 0;
  for (const patch of falling(weights)) {
    if (held >= share * total) break;
    mask[patch] = 1;
    held += weights[patch]!;
  }
  return mask;
}

/** The places of numbers, the greatest first, earlier ones first among equals. */
function falling(numbers: ArrayLike<number>): Uint32Array {
  return Uint32Array.from(numbers, (_, place) => place).sort((a, b) => numbers[b]! - numbers[a]! || a - b);
}
