/**
 * The official language models of ToST.
 *
 * @module
 */
import type { LanguageConfig } from "./language.ts";
import { countParameters, type ParameterSpecs } from "./parameters.ts";

/** Names of the official sizes. */
export type LanguageSize = "base" | "medium" | "large" | "shakespeare-characters";

/** The official configurations: GPT-2's vocabulary, padded to a multiple of 64, and 1024 tokens of context. */
export const languageSizes: Readonly<Record<LanguageSize, LanguageConfig>> = {
  base: { vocabulary: 50304, context: 1024, width: 768, depth: 12, heads: 12, layerScale: 1e-5 },
  medium: { vocabulary: 50304, context: 1024, width: 1024, depth: 24, heads: 16, layerScale: 1e-5 },
  large: { vocabulary: 50304, context: 1024, width: 1280, depth: 36, heads: 20, layerScale: 1e-5 },
  "shakespeare-characters": {
    vocabulary: 65,
    context: 256,
    width: 384,
    depth: 6,
    heads: 6,
    layerScale: 1e-5,
  },
};

/** The number of parameters as nanoGPT and the paper quote it: without the table of positions. */
export function countWithoutPositions(specs: ParameterSpecs): number {
  return countParameters(Object.fromEntries(Object.entries(specs).filter(([name]) => name !== "position")));
}
