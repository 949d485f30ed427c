/**
 * Enhancements: mixtures of a picture and a degenerate form of it, as Pillow's `ImageEnhance` makes them. A factor of 1
 * leaves the picture as it is, 0 leaves the degenerate form alone, and above 1 the picture moves away from it.
 *
 * @module
 */
import { byteBelow, greyOf, type Picture, withBytes } from "./picture.ts";

/** Towards or away from black. */
export function brightness(picture: Picture, factor: number): Picture {
  return blend(picture, () => 0, factor);
}

/** Towards or away from the picture's mean grey. */
export function contrast(picture: Picture, factor: number): Picture {
  const grey = greyOf(picture);
  const mean = Math.floor(grey.reduce((sum, level) => sum + level, 0) / grey.length + 0.5);
  return blend(picture, () => mean, factor);
}

/** Towards or away from grey, pixel by pixel: the saturation. */
export function colour(picture: Picture, factor: number): Picture {
  const grey = greyOf(picture);
  return blend(picture, (at) => grey[Math.floor(at / picture.channels)]!, factor);
}

/** Towards or away from a smoothed picture, in which each pixel is mixed with its eight neighbours, 5 to 1 each. */
export function sharpness(picture: Picture, factor: number): Picture {
  const { width, height, channels, data } = picture;
  const row = width * channels;
  const smooth = data.slice(); // the border stays as it is
  for (let y = 1; y < height - 1; y++) {
    for (let at = y * row + channels; at < (y + 1) * row - channels; at++) {
      const [up, down] = [at - row, at + row];
      const around = data[up - channels]! + data[up]! + data[up + channels]! + data[at - channels]! +
        data[at + channels]! + data[down - channels]! + data[down]! + data[down + channels]!;
      smooth[at] = Math.floor((around + 5 * data[at]!) / 13 + 0.5);
    }
  }
  return blend(picture, (at) => smooth[at]!, factor);
}

/** Mixes: `degenerate + factor · (picture − degenerate)`, in single precision and cut off, as Pillow does. */
function blend(picture: Picture, degenerate: (at: number) => number, factor: number): Picture {
  if (factor === 1) return picture;
  const single = Math.fround(factor);
  const { data } = picture;
  const mixed = new Uint8Array(data.length);
  for (let at = 0; at < data.length; at++) {
    const from = degenerate(at);
    mixed[at] = byteBelow(Math.fround(from + Math.fround(single * (data[at]! - from))));
  }
  return withBytes(picture, mixed);
}
