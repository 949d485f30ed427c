/**
 * Operations of the ToST networks, counted from their configurations without computing anything.
 *
 * All counts are multiply-adds of the matrix products of one forward pass; each is two floating-point operations, and a
 * training step takes three times those of a forward pass.
 *
 * @module
 */
import type { LanguageConfig } from "./language.ts";
import type { VisionConfig } from "./vision.ts";

/** What mixes tokens. */
export type MixerName = "tssa" | "softmax";

/**
 * Multiply-adds of a token mixer (arXiv 2412.17810, Table 1): 2 n d² + 4 n d for TSSA, 4 n d² + 2 n² d for softmax
 * attention.
 *
 * @param tokens Tokens n.
 * @param width Features d.
 */
export function mixerOperations(mixer: MixerName, tokens: number, width: number): number {
  return mixer === "tssa"
    ? 2 * tokens * width ** 2 + 4 * tokens * width
    : 4 * tokens * width ** 2 + 2 * tokens ** 2 * width;
}

/**
 * Multiply-adds of an image classifier for one image.
 *
 * @example The network of DeiT-S, 4.6 billion, but for patches, position and class attention
 * ```ts
 * import { visionOperations } from "./operations.ts";
 * import { assertAlmostEquals } from "@std/assert";
 *
 * const config = {
 *   ...{ side: 224, channels: 3, patch: 16, stem: "linear" as const, width: 384, depth: 12, heads: 6 },
 *   ...{ classBlocks: 0, layerScale: 1, classes: 1000 },
 * };
 * assertAlmostEquals(visionOperations("softmax", config) / 1e9, 4.6, 0.1);
 * ```
 */
export function visionOperations(mixer: MixerName, config: VisionConfig): number {
  const { side, patch, width, depth, classBlocks, classes } = config;
  const tokens = (side / patch) ** 2;
  const block = mixerOperations(mixer, tokens, width) + 8 * tokens * width ** 2;
  // One query looks at all tokens: keys and values of each, and the products with the query.
  const classBlock = 2 * (tokens + 1) * width ** 2 + 2 * width ** 2 + 2 * (tokens + 1) * width +
    8 * width ** 2;
  return stemOperations(config) + 64 * tokens * width + depth * block + classBlocks * classBlock +
    width * classes;
}

/** Patches by one linear map, or by convolutions of 3 × 3 that halve the side and double the channels. */
function stemOperations({ side, channels, patch, stem, width }: VisionConfig): number {
  if (stem === "linear") return (side / patch) ** 2 * patch ** 2 * channels * width;
  const steps = Math.log2(patch);
  let total = 0;
  let from = channels;
  for (let step = 1; step <= steps; step++) {
    const to = width / 2 ** (steps - step);
    total += (side / 2 ** step) ** 2 * 9 * from * to;
    from = to;
  }
  return total;
}

/** Multiply-adds of a language model for one text of its full context. */
export function languageOperations(mixer: MixerName, config: LanguageConfig): number {
  const { vocabulary, context, width, depth } = config;
  const block = mixerOperations(mixer, context, width) + 8 * context * width ** 2;
  return depth * block + context * width * vocabulary;
}
