/**
 * Cutouts: pictures of one thing with its outline, and how they are made smaller and pasted.
 *
 * @module
 */

/** A square picture of one thing: red, green, blue and cover, `[side, side, 4]`. Cover is 0 beside the thing, 255 on it. */
export interface Cutout {
  /** Pixels on a side. */
  readonly side: number;
  /** The bytes. Colours are not multiplied by the cover. */
  readonly data: Uint8Array;
}

/**
 * Makes a cutout smaller, or larger: each new pixel is the mean of the area that it lies on, colours weighted by cover.
 *
 * @example A disc that covers half of each old pixel row
 * ```ts
 * import { resized } from "./cutout.ts";
 * import { assertEquals } from "@std/assert";
 *
 * const half = { side: 2, data: new Uint8Array([255, 0, 0, 255, 0, 0, 0, 0, 255, 0, 0, 255, 0, 0, 0, 0]) };
 * assertEquals(resized(half, 1).data, new Uint8Array([255, 0, 0, 128]));
 * ```
 */
export function resized({ side, data }: Cutout, to: number): Cutout {
  const shares = overlaps(side, to);
  const resized = new Uint8Array(to * to * 4);
  for (let y = 0; y < to; y++) {
    for (let x = 0; x < to; x++) {
      const sum = [0, 0, 0];
      let cover = 0;
      for (const { from: row, share: tall } of shares[y]!) {
        for (const { from: column, share: wide } of shares[x]!) {
          const at = (row * side + column) * 4;
          const weight = tall * wide * data[at + 3]!;
          for (let channel = 0; channel < 3; channel++) sum[channel]! += weight * data[at + channel]!;
          cover += weight;
        }
      }
      const colour = sum.map((value) => cover > 0 ? Math.round(value / cover) : 0);
      resized.set([...colour, Math.round(cover)], (y * to + x) * 4);
    }
  }
  return { side: to, data: resized };
}

/** For each new place along an axis, the old places that it lies on, and what share of it each makes up. */
function overlaps(from: number, to: number) {
  const scale = from / to;
  return Array.from({ length: to }, (_, place) => {
    const [start, end] = [place * scale, (place + 1) * scale];
    const first = Math.floor(start);
    return Array.from({ length: Math.min(Math.ceil(end), from) - first }, (_, index) => ({
      from: first + index,
      share: (Math.min(end, first + index + 1) - Math.max(start, first + index)) / scale,
    }));
  });
}

/**
 * Pastes a cutout into a picture, in place.
 *
 * @param picture Bytes `[side, side, 3]`, which change.
 * @param mask Bytes `[side, side]`: becomes 1 where the thing covers at least half of a pixel.
 * @param place The top left corner; the whole cutout lies within the picture.
 */
export function paste(
  cutout: Cutout,
  picture: Uint8Array,
  mask: Uint8Array,
  { side, left, top }: { readonly side: number; readonly left: number; readonly top: number },
): void {
  for (let y = 0; y < cutout.side; y++) {
    for (let x = 0; x < cutout.side; x++) {
      const from = (y * cutout.side + x) * 4;
      const to = (top + y) * side + left + x;
      const cover = cutout.data[from + 3]! / 255;
      for (let channel = 0; channel < 3; channel++) {
        const below = picture[to * 3 + channel]!;
        picture[to * 3 + channel] = Math.round(below + cover * (cutout.data[from + channel]! - below));
      }
      if (cover >= 0.5) mask[to] = 1;
    }
  }
}
