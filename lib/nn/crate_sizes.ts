/**
 * The official image classifiers of CRATE.
 *
 * @module
 */
import type { CrateConfig } from "./crate.ts";

/** Names of the official sizes; those of patch 8 are of "Emergence of segmentation" (arXiv 2308.16271). */
export type CrateSize = "T/16" | "S/16" | "B/16" | "L/16" | "T/8" | "S/8" | "B/8";

/**
 * The official configurations: images of 224² with 3 channels, η = λ = 0.1; 1000 classes, and those of patch 8 the 21,842
 * of ImageNet-21k. S/8 has the width of T/16: the two papers do not name sizes alike.
 */
export const crateSizes: Readonly<Record<CrateSize, CrateConfig>> = {
  "T/16": official(384, 12, 6),
  "S/16": official(576, 12, 12),
  "B/16": official(768, 12, 12),
  "L/16": official(1024, 24, 16),
  "T/8": { ...official(192, 12, 3), patch: 8, classes: 21_842 },
  "S/8": { ...official(384, 12, 6), patch: 8, classes: 21_842 },
  "B/8": { ...official(768, 12, 12), patch: 8, classes: 21_842 },
};

function official(width: number, depth: number, heads: number): CrateConfig {
  return {
    side: 224,
    channels: 3,
    patch: 16,
    width,
    depth,
    heads,
    step: 0.1,
    sparsity: 0.1,
    output: "free",
    prox: "ista",
    pool: "class",
    classes: 1000,
  };
}
