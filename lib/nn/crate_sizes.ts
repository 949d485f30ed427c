/**
 * The official image classifiers of CRATE.
 *
 * @module
 */
import type { CrateConfig } from "./crate.ts";

/** Names of the official sizes. */
export type CrateSize = "T/16" | "S/16" | "B/16" | "L/16";

/** The official configurations: images of 224² with 3 channels, 1000 classes, η = λ = 0.1. */
export const crateSizes: Readonly<Record<CrateSize, CrateConfig>> = {
  "T/16": official(384, 12, 6),
  "S/16": official(576, 12, 12),
  "B/16": official(768, 12, 12),
  "L/16": official(1024, 24, 16),
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
    pool: "class",
    classes: 1000,
  };
}
