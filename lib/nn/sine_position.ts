/**
 * Positions as sines and cosines, which nothing trains.
 *
 * @module
 */

/**
 * Sines and cosines of places at `width/2` wavelengths from 2π to 10,000 · 2π (Vaswani and others 2017): all sines, then all
 * cosines.
 *
 * @example Usage
 * ```ts
 * import { sinePositions } from "./sine_position.ts";
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals([...sinePositions([0], 4)], [0, 0, 1, 1]);
 * ```
 *
 * @param width An even number.
 * @returns `[places, width]`, row by row.
 */
export function sinePositions(places: readonly number[], width: number): Float32Array {
  const half = width / 2;
  const rows = new Float32Array(places.length * width);
  places.forEach((place, row) => {
    for (let k = 0; k < half; k++) {
      const angle = place / 10_000 ** (k / half);
      rows[row * width + k] = Math.sin(angle);
      rows[row * width + half + k] = Math.cos(angle);
    }
  });
  return rows;
}

/**
 * Positions on a square grid, row by row, after one of zeros for the class token, as masked autoencoders have them: half of
 * the features tell the column, half the row.
 *
 * @param side Patches on a side.
 * @param width A multiple of 4.
 * @returns `[1 + side², width]`.
 */
export function gridPositions(side: number, width: number): Float32Array {
  const axis = sinePositions(Array.from({ length: side }, (_, place) => place), width / 2);
  const rows = new Float32Array((1 + side * side) * width);
  for (let y = 0; y < side; y++) {
    for (let x = 0; x < side; x++) {
      const start = (1 + y * side + x) * width;
      rows.set(axis.subarray(x * width / 2, (x + 1) * width / 2), start);
      rows.set(axis.subarray(y * width / 2, (y + 1) * width / 2), start + width / 2);
    }
  }
  return rows;
}
