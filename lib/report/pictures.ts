/**
 * Pictures of pixels in drawings: tiles in rows and columns.
 *
 * @module
 */
import { encode as encodePng } from "fast-png";
import type { Tensor } from "../tensor/array.ts";
import { type Drawing, escaped } from "./figure.ts";
import { viridis } from "./viridis.ts";

/** Pixels: bytes of 1 (grey), 3 (colours) or 4 (with transparency) channels, row after row. */
export interface Picture {
  /** Columns. */
  readonly width: number;
  /** Rows. */
  readonly height: number;
  /** Bytes a pixel. */
  readonly channels: number;
  /** The bytes. */
  readonly data: Uint8Array;
}

/** The first pictures of an array of bytes [n, rows, columns] or [n, rows, columns, channels]. */
export function picturesOf({ shape, data }: Tensor, count: number): readonly Picture[] {
  const [available, height, width, channels = 1] = shape as [number, number, number, number?];
  const size = height * width * channels;
  return Array.from({ length: Math.min(count, available) }, (_, picture) => ({
    width,
    height,
    channels,
    data: (data as Uint8Array).subarray(picture * size, (picture + 1) * size),
  }));
}

/** The side of a tile, and the room between two of them. */
const TILE = 62;
const GAP = 4;

/** Pictures over each other in one tile, the first at the bottom. */
export type Tile = readonly Picture[];

/**
 * Lays tiles out as a table, a heading over each column.
 *
 * @param columns Each column's heading and tiles from top to bottom; a column without a heading belongs to the last one.
 */
export function tiled(
  columns: readonly { readonly heading?: string; readonly tiles: readonly Tile[] }[],
): Drawing {
  const top = 22;
  let x = 0;
  const parts = columns.map(({ heading, tiles }, index) => {
    if (heading !== undefined && index > 0) x += 10;
    const title = heading === undefined
      ? ""
      : `<text x="${x}" y="13" font-weight="600" text-anchor="start">${escaped(heading)}</text>`;
    const column = tiles.map((tile, row) => placed(tile, x, top + row * (TILE + GAP))).join("");
    x += TILE + GAP;
    return title + column;
  });
  const rows = Math.max(...columns.map(({ tiles }) => tiles.length));
  return { content: parts.join(""), width: x, height: top + rows * (TILE + GAP) };
}

function placed(tile: Tile, x: number, y: number): string {
  return tile.map((picture) =>
    `<image x="${x}" y="${y}" width="${TILE}" height="${TILE}" style="image-rendering:pixelated" ` +
    `href="${dataUri(picture)}"/>`
  ).join("");
}

/** Numbers of a square grid as colours, from the least (dark) to the greatest (bright). */
export function heatMap(numbers: ArrayLike<number>): Picture {
  const values = Array.from(numbers);
  const least = Math.min(...values);
  const range = Math.max(...values) - least;
  const data = new Uint8Array(values.length * 3);
  values.forEach((value, place) => data.set(viridis(range > 0 ? (value - least) / range : 0.5), place * 3));
  const side = Math.sqrt(values.length);
  return { width: side, height: side, channels: 3, data };
}

/** The colours of masks over an image, which tell several objects apart in bright and in dark pictures. */
const MASKS = [[255, 214, 10], [0, 209, 178], [255, 92, 138]] as const;

/** A picture in grey, dimmed: what masks are laid over. */
export function dimmed({ width, height, channels, data }: Picture): Picture {
  const grey = Uint8Array.from({ length: width * height }, (_, pixel) => {
    const colours = data.subarray(pixel * channels, (pixel + 1) * channels);
    return 0.55 * colours.reduce((sum, colour) => sum + colour, 0) / channels;
  });
  return { width, height, channels: 1, data: grey };
}

/** Masks of a square grid as see-through colours, one for each object, earlier ones over later ones. */
export function overlay(masks: readonly ArrayLike<number>[], side: number): Picture {
  const data = new Uint8Array(side * side * 4);
  masks.forEach((mask, object) => {
    const colour = MASKS[object % MASKS.length]!;
    for (let place = 0; place < side * side; place++) {
      if (mask[place] !== 0 && data[place * 4 + 3] === 0) data.set([...colour, 170], place * 4);
    }
  });
  return { width: side, height: side, channels: 4, data };
}

function dataUri({ width, height, channels, data }: Picture): string {
  return `data:image/png;base64,${encodePng({ width, height, channels, data, depth: 8 }).toBase64()}`;
}
