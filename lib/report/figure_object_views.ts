/**
 * The figure of principal components and of objects cut out.
 *
 * @module
 */
import type { Figure } from "../kinds/figure.ts";
import { figure } from "./figure.ts";
import { dimmed, overlay, type Picture, tiled } from "./pictures.ts";

/** What a network's keys show of a few images. */
export interface ObjectViews {
  /** The network's name. */
  readonly name: string;
  /** Patches coloured by principal components; those not kept are transparent. */
  readonly colours: readonly Picture[];
  /** The objects that MaskCut found in each image, patch by patch. */
  readonly cuts: readonly (readonly Uint8Array[])[];
  /** Patches on a side. */
  readonly grid: number;
}

/**
 * Draws each image beside its object, and the components and objects of each network.
 *
 * @param images The images.
 * @param masks The masks of each image's objects, pixel by pixel.
 * @param views What is drawn of each network.
 */
export function objectViewsFigure(
  images: readonly Picture[],
  masks: readonly (readonly Uint8Array[])[],
  views: readonly ObjectViews[],
): Figure {
  const side = images[0]!.width;
  return figure(
    "What do the keys show of the object?",
    "Of each network, left: patches coloured by the first three principal components of their keys, among " +
      "patches that the first component of all images of the class sets apart (the smaller side); right: what " +
      "MaskCut finds, first in yellow, then in green and red. Keys of the last layer but one, one seed.",
    tiled([
      { heading: "image", tiles: images.map((image) => [image]) },
      {
        heading: "object",
        tiles: images.map((image, row) => [dimmed(image), overlay(masks[row]!, side)]),
      },
      ...views.flatMap(({ name, colours, cuts, grid }) => [
        { heading: name, tiles: images.map((image, row) => [dimmed(image), colours[row]!]) },
        { tiles: images.map((image, row) => [dimmed(image), overlay(cuts[row]!, grid)]) },
      ]),
    ]),
  );
}
