/**
 * The official image classifiers of ToST, as their program registers them.
 *
 * @module
 */
import type { TostConfig } from "./tost.ts";

/** Names of the official sizes: T(iny), S(mall), M(edium) or L(arge), the number of blocks, and the patch. */
export type TostSize =
  | "T12/16"
  | "S12/16"
  | "M24/16"
  | "T24/16"
  | "S24/16"
  | "L24/16"
  | "T12/8"
  | "S12/8"
  | "M24/8";

/** The official configurations: images of 224² with 3 channels, 1000 classes. */
export const tostSizes: Readonly<Record<TostSize, TostConfig>> = {
  "T12/16": official(192, 12, 4, 16),
  "S12/16": official(384, 12, 8, 16),
  "M24/16": official(512, 24, 8, 16),
  "T24/16": official(192, 24, 4, 16),
  "S24/16": official(384, 24, 8, 16),
  "L24/16": official(768, 24, 16, 16),
  "T12/8": official(192, 12, 4, 8),
  "S12/8": official(384, 12, 8, 8),
  "M24/8": official(512, 24, 8, 8),
};

function official(width: number, depth: number, heads: number, patch: number): TostConfig {
  return {
    side: 224,
    channels: 3,
    patch,
    stem: "convolution",
    width,
    depth,
    heads,
    classBlocks: 2,
    layerScale: depth === 12 ? 1 : 1e-5,
    classes: 1000,
    form: "code",
  };
}
