/**
 * The outlines of COCO: polygons, and runs of pixels.
 *
 * @module
 */
import * as Schema from "effect/Schema";
import { malformed } from "./format_error.ts";

const Size = Schema.Tuple([Schema.Int, Schema.Int]);

/** An outline: polygons as lists of x, y, x, y, …; or the lengths of runs down the columns, in numbers or as a text. */
export const CocoOutline = Schema.Union([
  Schema.Array(Schema.Array(Schema.Finite)),
  Schema.Struct({ size: Size, counts: Schema.Array(Schema.Int) }),
  Schema.Struct({ size: Size, counts: Schema.String }),
]);

/** An outline. */
export type CocoOutline = typeof CocoOutline.Type;

/**
 * The pixels of an outline: 1 inside, 0 outside, row by row. A pixel is inside a polygon when its middle is.
 *
 * @example A square of two by two, as a polygon and as runs
 * ```ts
 * import { outlinePixels } from "./coco_mask.ts";
 * import { assertEquals } from "@std/assert";
 *
 * const inside = new Uint8Array([0, 0, 0, 1, 1, 0, 1, 1, 0]);
 * assertEquals(outlinePixels([[0, 1, 2, 1, 2, 3, 0, 3]], 3, 3, "it"), inside);
 * assertEquals(outlinePixels({ size: [3, 3], counts: [1, 2, 1, 2, 3] }, 3, 3, "it"), inside);
 * assertEquals(outlinePixels({ size: [3, 3], counts: "12102" }, 3, 3, "it"), inside);
 * ```
 *
 * @param outline The outline.
 * @param height Rows of the photograph.
 * @param width Its columns.
 * @param source What to call it in errors.
 * @throws {FormatError} When runs are not those of a picture of that size.
 */
export function outlinePixels(
  outline: CocoOutline,
  height: number,
  width: number,
  source: string,
): Uint8Array {
  const pixels = new Uint8Array(height * width);
  if (!("counts" in outline)) {
    for (const polygon of outline) fillPolygon(pixels, polygon, height, width);
    return pixels;
  }
  const { size, counts } = outline;
  const runs = typeof counts === "string" ? runsOf(counts) : counts;
  const total = runs.reduce((sum, run) => sum + run, 0);
  if (size[0] !== height || size[1] !== width || total !== height * width || runs.some((run) => run < 0)) {
    const found = `${total} pixels of ${size[0]} by ${size[1]}`;
    throw malformed(source, "its runs", `${height * width} pixels of ${height} by ${width}`, found);
  }
  let at = 0;
  runs.forEach((run, index) => {
    for (const end = at + run; at < end; at++) {
      if (index % 2 === 1) pixels[at % height * width + Math.floor(at / height)] = 1;
    }
  });
  return pixels;
}

/**
 * Runs from text: each in fives of bits, the lowest first, 48 added, 32 set on all but the last; the highest bit of the last
 * is the sign. From the fourth on, it is the difference to the run before the last.
 */
function runsOf(text: string): readonly number[] {
  const runs: number[] = [];
  for (let at = 0; at < text.length;) {
    let value = 0;
    let shift = 0;
    let five: number;
    do {
      five = text.charCodeAt(at++) - 48;
      value |= (five & 31) << shift;
      shift += 5;
    } while ((five & 32) !== 0 && at < text.length);
    if ((five & 16) !== 0) value |= -1 << shift;
    runs.push(runs.length > 2 ? value + runs.at(-2)! : value);
  }
  return runs;
}

/** Sets the pixels whose middles lie inside a polygon: between its crossings with the line through them. */
function fillPolygon(pixels: Uint8Array, polygon: readonly number[], height: number, width: number): void {
  const corners = Array.from({ length: Math.floor(polygon.length / 2) }, (_, corner) => ({
    x: polygon[2 * corner]!,
    y: polygon[2 * corner + 1]!,
  }));
  for (let row = 0; row < height; row++) {
    const y = row + 0.5;
    const crossings = corners.flatMap((from, index) => {
      const to = corners[(index + 1) % corners.length]!;
      return from.y <= y === to.y <= y ? [] : [from.x + (y - from.y) / (to.y - from.y) * (to.x - from.x)];
    }).sort((a, b) => a - b);
    for (let pair = 0; pair + 1 < crossings.length; pair += 2) {
      const first = Math.max(0, Math.ceil(crossings[pair]! - 0.5));
      const last = Math.min(width, Math.ceil(crossings[pair + 1]! - 0.5));
      if (last > first) pixels.fill(1, row * width + first, row * width + last);
    }
  }
}
