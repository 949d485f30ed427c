/**
 * Maps of what is where in photographs, fitted to what a network sees of them.
 *
 * @module
 */
import type { PixelMap } from "./formats/indexed_png.ts";

/**
 * What is where in the middle of a photograph, by the nearest pixel: the counterpart of the view `middle` with the short
 * side scaled to `side`.
 *
 * @example The middle of a wide map, at half its size
 * ```ts
 * import { middleOfMap } from "./pixel_maps.ts";
 * import { assertEquals } from "@std/assert";
 *
 * const wide = { height: 2, width: 6, data: new Uint8Array([0, 0, 1, 1, 2, 2, 0, 0, 1, 1, 2, 2]) };
 * assertEquals(middleOfMap(wide, 1), new Uint8Array([1]));
 * ```
 *
 * @param map The map of the whole photograph.
 * @param side Pixels on a side of the result.
 * @returns A number a pixel, row by row.
 */
export function middleOfMap({ height, width, data }: PixelMap, side: number): Uint8Array {
  const [rows, columns] = [height, width].map((length) => placesOf(length, Math.min(height, width), side));
  return Uint8Array.from(
    { length: side * side },
    (_, at) => data[rows![Math.floor(at / side)]! * width + columns![at % side]!]!,
  );
}

/** The old place of each new one along an axis. */
function placesOf(length: number, short: number, side: number): readonly number[] {
  const scaled = Math.floor(side * length / short);
  const offset = Math.round((scaled - side) / 2);
  return Array.from(
    { length: side },
    (_, place) => Math.min(length - 1, Math.floor((place + offset + 0.5) * length / scaled)),
  );
}
