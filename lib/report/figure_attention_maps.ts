/**
 * The figure of what the class token attends to, head by head.
 *
 * @module
 */
import type { Figure } from "../kinds/figure.ts";
import { figure } from "./figure.ts";
import { dimmed, heatMap, overlay, type Picture, tiled } from "./pictures.ts";

/** A few images, and the maps of one layer of two networks over them. */
export interface AttentionPictures {
  /** The images. */
  readonly images: readonly Picture[];
  /** The masks of each image's objects, pixel by pixel. */
  readonly masks: readonly (readonly Uint8Array[])[];
  /** By network and image, each head's scores, patch by patch. */
  readonly maps: Readonly<Record<"CRATE" | "ViT", readonly (readonly Float32Array[])[]>>;
  /** By network, the mean IoU of the best head over all test images. */
  readonly iou: Readonly<Record<"CRATE" | "ViT", number>>;
  /** Which layer that is, and of how many. */
  readonly layer: readonly [layer: number, layers: number];
}

/** Draws each image beside its object and the heads of both networks. */
export function attentionMapsFigure({ images, masks, maps, iou, layer }: AttentionPictures): Figure {
  const heads = (name: keyof typeof maps) =>
    maps[name][0]!.map((_, head) => ({
      ...(head === 0 ? { heading: name } : {}),
      tiles: maps[name].map((ofImage) => [heatMap(ofImage[head]!)]),
    }));
  const side = images[0]!.width;
  return figure(
    "Does the class token look at the object?",
    `What the class token's query says to each patch's key, a column each head, in layer ${layer[0]} of ` +
      `${
        layer[1]
      }; each map from its least score (dark) to its greatest (bright). The best head's IoU with the ` +
      `object, keeping 60 % of the patches: ${percent(iou.CRATE)} for CRATE and ${
        percent(iou.ViT)
      } for ViT ` +
      "(this seed, mean over the test images). Neither network has seen a mask.",
    tiled([
      { heading: "image", tiles: images.map((image) => [image]) },
      { heading: "object", tiles: images.map((image, row) => [dimmed(image), overlay(masks[row]!, side)]) },
      ...heads("CRATE"),
      ...heads("ViT"),
    ]),
  );
}

function percent(share: number): string {
  return `${(100 * share).toFixed(1)} %`;
}
