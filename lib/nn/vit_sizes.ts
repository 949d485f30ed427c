/**
 * The usual sizes of ViT, as timm registers them.
 *
 * @module
 */
import type { VitConfig } from "./vit.ts";

/** Names of the usual sizes. */
export type VitSize = "T/16" | "S/16" | "B/16" | "L/16";

/** The usual configurations: images of 224² with 3 channels, 1000 classes. */
export const vitSizes: Readonly<Record<VitSize, VitConfig>> = {
  "T/16": usual(192, 12, 3),
  "S/16": usual(384, 12, 6),
  "B/16": usual(768, 12, 12),
  "L/16": usual(1024, 24, 16),
};

function usual(width: number, depth: number, heads: number): VitConfig {
  return { side: 224, channels: 3, patch: 16, width, depth, heads, classes: 1000 };
}
