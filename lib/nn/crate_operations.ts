/**
 * Operations of CRATE and of ViT, counted from their configurations without computing anything: multiply-adds of the
 * matrix products of one forward pass, as in `operations.ts`.
 *
 * @module
 */
import type { CrateShellConfig } from "./crate_shell.ts";
import type { VitConfig } from "./vit.ts";

/**
 * Multiply-adds of a block of CRATE: 2 n d² + 2 n² d of MSSA and 3 n d² of ISTA.
 *
 * @param tokens Tokens n.
 * @param width Features d.
 */
export function crateBlockOperations(tokens: number, width: number): number {
  return 5 * tokens * width ** 2 + 2 * tokens ** 2 * width;
}

/**
 * Multiply-adds of CRATE for one image.
 *
 * @example The network of calibrations: 0.9 million
 * ```ts
 * import { crateOperations } from "./crate_operations.ts";
 * import { assertAlmostEquals } from "@std/assert";
 *
 * const shell = { side: 28, channels: 1, patch: 7, width: 48, depth: 4, heads: 4, classes: 10 };
 * assertAlmostEquals(crateOperations({ ...shell, pool: "class" }) / 1e6, 0.9, 0.1);
 * ```
 */
export function crateOperations(config: CrateShellConfig): number {
  const { width, depth } = config;
  return outside(config) + depth * crateBlockOperations(tokensOf(config), width);
}

/** Multiply-adds of ViT for one image: 4 n d² + 2 n² d of attention a block, and 8 n d² of its perceptron. */
export function vitOperations(config: VitConfig): number {
  const { width, depth } = config;
  const tokens = tokensOf(config);
  return outside(config) + depth * (12 * tokens * width ** 2 + 2 * tokens ** 2 * width);
}

/** Multiply-adds of causal CRATE for one text of its full context. */
export function crateLanguageOperations(
  { vocabulary, context, width, depth }: {
    readonly vocabulary: number;
    readonly context: number;
    readonly width: number;
    readonly depth: number;
  },
): number {
  return depth * crateBlockOperations(context, width) + context * width * vocabulary;
}

function tokensOf({ side, patch }: VitConfig): number {
  return (side / patch) ** 2 + 1;
}

/** The patches' linear map and the head. */
function outside({ side, channels, width, classes }: VitConfig): number {
  return side ** 2 * channels * width + width * classes;
}
