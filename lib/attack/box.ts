/**
 * Boxes: how far an attack may take each pixel.
 *
 * @module
 */
import { type RandomKey, uniform } from "../data/random.ts";

/** For each pixel of one image, from 0 to 1, the least and the greatest value that an attack may give it. */
export interface Box {
  /** The least values, at most the image's own. */
  readonly low: Float32Array;
  /** The greatest values, at least the image's own. */
  readonly high: Float32Array;
  /** Half of what a pixel can move in all, before it meets 0 or 1: ε of a ball, ½ of a patch. */
  readonly radius: number;
}

/**
 * The ball of the maximum norm around an image, within the range of pixels.
 *
 * @param image Pixels from 0 to 1.
 * @param epsilon ε, in grey levels of 255.
 */
export function ballAround(image: Float32Array, epsilon: number): Box {
  const radius = epsilon / 255;
  return {
    low: image.map((pixel) => Math.max(pixel - radius, 0)),
    high: image.map((pixel) => Math.min(pixel + radius, 1)),
    radius,
  };
}

/**
 * A square anywhere in an image, in which every pixel is free, while those around it stay what they are.
 *
 * @param image Pixels from 0 to 1, row by row.
 * @param size The image's height, width and channels.
 * @param side The square's side in pixels: at most the height and the width.
 * @param key What decides the place.
 */
export function squareIn(
  image: Float32Array,
  [height, width, channels]: readonly [number, number, number],
  side: number,
  key: RandomKey,
): Box {
  const [low, high] = [image.slice(), image.slice()];
  const [down, right] = uniform(key, 2);
  const top = Math.floor(down! * (height - side + 1));
  const left = Math.floor(right! * (width - side + 1));
  for (let y = top; y < top + side; y++) {
    const from = (y * width + left) * channels;
    low.fill(0, from, from + side * channels);
    high.fill(1, from, from + side * channels);
  }
  return { low, high, radius: 0.5 };
}

/** A point of a box, drawn uniformly. */
export function pointIn({ low, high }: Box, key: RandomKey): Float32Array {
  const draws = uniform(key, low.length);
  return low.map((least, pixel) => least + draws[pixel]! * (high[pixel]! - least));
}

/** The value nearest to another that a box allows a pixel. */
export function clampIn({ low, high }: Box, pixel: number, value: number): number {
  return Math.min(Math.max(value, low[pixel]!), high[pixel]!);
}
