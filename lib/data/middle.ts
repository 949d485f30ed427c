/**
 * The middle of a picture, cut out in plain TypeScript: for pictures that come one by one out of an archive.
 *
 * @module
 */
import type { Tensor } from "../tensor/array.ts";

/**
 * The middle of a picture: its short side is scaled to `around` pixels, interpolating linearly between four pixels, and
 * `side` by `side` pixels are cut out.
 *
 * @param picture uint8 `[height, width, 3]`.
 * @returns `side · side · 3` bytes.
 */
export function middleOf({ shape, data }: Tensor, around: number, side: number): Uint8Array {
  const [height, width] = shape as [number, number];
  const scale = Math.min(height, width) / around;
  const out = new Uint8Array(side * side * 3);
  const at = (y: number, x: number, channel: number) => Number(data[(y * width + x) * 3 + channel]);
  for (let row = 0; row < side; row++) {
    const y = between(height / 2 + (row + 0.5 - side / 2) * scale - 0.5, height);
    for (let column = 0; column < side; column++) {
      const x = between(width / 2 + (column + 0.5 - side / 2) * scale - 0.5, width);
      for (let channel = 0; channel < 3; channel++) {
        const above = at(y.low, x.low, channel) * (1 - x.share) + at(y.low, x.high, channel) * x.share;
        const below = at(y.high, x.low, channel) * (1 - x.share) + at(y.high, x.high, channel) * x.share;
        out[(row * side + column) * 3 + channel] = Math.round(above * (1 - y.share) + below * y.share);
      }
    }
  }
  return out;
}

/** The pixels around a place, and how far it is from the first to the second. */
function between(place: number, length: number) {
  const inside = Math.min(Math.max(place, 0), length - 1);
  const low = Math.floor(inside);
  return { low, high: Math.min(low + 1, length - 1), share: inside - low };
}
