/**
 * The official sizes of DP-Cap.
 *
 * @module
 */
import type { CaptionerConfig } from "./captioner.ts";

/** Different tokens of BERT's uncased vocabulary, which captions are written in. */
const WORD_PIECES = 30_522;

const size = (
  [width, depth, heads]: readonly [number, number, number],
  decoder: readonly [number, number],
): CaptionerConfig => ({
  encoder: { side: 224, channels: 3, patch: 16, width, depth, heads },
  decoder: { width: decoder[0], depth: 6, heads: decoder[1] },
  vocabulary: WORD_PIECES,
  length: 39,
});

/** The official sizes; `nano` is in the program but not in the paper. */
export const captionerSizes = {
  nano: size([192, 12, 6], [192, 6]),
  tiny: size([384, 12, 6], [384, 6]),
  small: size([576, 12, 12], [576, 12]),
  base: size([768, 12, 12], [768, 12]),
  large: size([1024, 24, 16], [768, 12]),
} as const;
