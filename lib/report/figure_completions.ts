/**
 * The figure of images that masked autoencoders complete.
 *
 * @module
 */
import { encode as encodePng } from "fast-png";
import type { Figure } from "../kinds/figure.ts";
import type { Tensor } from "../tensor/array.ts";
import { type Drawing, escaped, figure } from "./figure.ts";

/** A row of pictures. */
export interface PictureRow {
  /** What they are. */
  readonly name: string;
  /** Pixels, uint8 [n, side, side, channels]. */
  readonly images: Tensor;
}

const TILE = 68;
const GAP = 6;
const MARGIN = 170;

/**
 * Draws rows of pictures under each other, each with its name at its left.
 *
 * @param title The question.
 * @param caption What one should see.
 */
export function completionsFigure(title: string, caption: string, rows: readonly PictureRow[]): Figure {
  return figure(title, caption, rows.map(drawRow).reduce(under));
}

function drawRow({ name, images }: PictureRow): Drawing {
  const [count, side, , channels] = images.shape as [number, number, number, number];
  const pixels = side * side * channels;
  const pictures = Array.from({ length: count }, (_, index) => {
    const data = (images.data as Uint8Array).subarray(index * pixels, (index + 1) * pixels);
    const png = encodePng({ width: side, height: side, channels, depth: 8, data }).toBase64();
    return `<image x="${MARGIN + index * (TILE + GAP)}" y="0" width="${TILE}" height="${TILE}" ` +
      `style="image-rendering:pixelated" href="data:image/png;base64,${png}"/>`;
  });
  return {
    content: `<text x="${MARGIN - 12}" y="${TILE / 2 + 4}" text-anchor="end" font-weight="600">${
      escaped(name)
    }</text>${pictures.join("")}`,
    width: MARGIN + count * (TILE + GAP) - GAP,
    height: TILE + GAP,
  };
}

function under(above: Drawing, below: Drawing): Drawing {
  return {
    content: `${above.content}<g transform="translate(0,${above.height})">${below.content}</g>`,
    width: Math.max(above.width, below.width),
    height: above.height + below.height,
  };
}
