/**
 * Operations of masked autoencoders, counted from their configurations without computing anything: multiply-adds of the
 * matrix products of one forward pass, as in `operations.ts`.
 *
 * @module
 */
import { crateBlockOperations } from "./crate_operations.ts";
import type { MaeConfig } from "./mae.ts";

/**
 * Multiply-adds of CRATE-MAE for one image: a block of the decoder has 2 n d² + 2 n² d of MSSA, and n d² of the map that
 * undoes ISTA.
 *
 * @example The quick preset's network
 * ```ts
 * import { crateMaeOperations } from "./mae_operations.ts";
 * import { assertEquals } from "@std/assert";
 *
 * const shell = { side: 28, channels: 1, patch: 4, width: 48, depth: 3, heads: 4 };
 * const config = { ...shell, decoderDepth: 3, decoderHeads: 4, targets: "pixels" } as const;
 * const [n, d] = [50, 48];
 * const blocks = 3 * (5 * n * d ** 2 + 2 * n ** 2 * d) + 3 * (3 * n * d ** 2 + 2 * n ** 2 * d);
 * assertEquals(crateMaeOperations(config), blocks + 2 * 28 ** 2 * d);
 * ```
 */
export function crateMaeOperations(config: MaeConfig): number {
  const { width, depth, decoderDepth } = config;
  const tokens = tokensOf(config);
  const block = crateBlockOperations(tokens, width);
  return outside(config) + depth * block + decoderDepth * (block - 2 * tokens * width ** 2);
}

/** Multiply-adds of ViT-MAE for one image: 4 n d² + 2 n² d of attention a block, and 8 n d² of its perceptron. */
export function vitMaeOperations(config: MaeConfig): number {
  const { width, depth, decoderDepth } = config;
  const tokens = tokensOf(config);
  return outside(config) + (depth + decoderDepth) * (12 * tokens * width ** 2 + 2 * tokens ** 2 * width);
}

function tokensOf({ side, patch }: MaeConfig): number {
  return (side / patch) ** 2 + 1;
}

/** The linear maps from pixels to tokens, and back. */
function outside({ side, channels, width }: MaeConfig): number {
  return 2 * side ** 2 * channels * width;
}
