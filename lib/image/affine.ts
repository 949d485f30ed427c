/**
 * Affine maps of pictures, as Pillow's `Image.transform` makes them: each pixel looks up where it comes from.
 *
 * @module
 */
import { byteBelow, type Picture, withBytes } from "./picture.ts";

/** The map from a place in the result to a place in the picture: `(a x + b y + c, d x + e y + f)`. */
export type Matrix = readonly [a: number, b: number, c: number, d: number, e: number, f: number];

/** How a level between pixels is computed: the nearest one, or from 4 or 16 around. */
export type Resampling = "nearest" | "bilinear" | "bicubic";

/** How a picture is mapped. */
export interface AffineOptions {
  /** How a level between pixels is computed. */
  readonly resampling: Resampling;
  /** The colour of what comes from outside, a level a channel. */
  readonly fill: readonly number[];
}

/** Moves rows sideways, the lower the farther: x + factor · y. */
export function shearX(picture: Picture, factor: number, options: AffineOptions): Picture {
  return affine(picture, [1, factor, 0, 0, 1, 0], options);
}

/** Moves columns up or down: y + factor · x. */
export function shearY(picture: Picture, factor: number, options: AffineOptions): Picture {
  return affine(picture, [1, 0, 0, factor, 1, 0], options);
}

/** Moves a picture to the left by a number of pixels. */
export function moveLeft(picture: Picture, pixels: number, options: AffineOptions): Picture {
  return affine(picture, [1, 0, pixels, 0, 1, 0], options);
}

/** Moves a picture up by a number of pixels. */
export function moveUp(picture: Picture, pixels: number, options: AffineOptions): Picture {
  return affine(picture, [1, 0, 0, 0, 1, pixels], options);
}

/** Turns a picture around its middle, counter-clockwise. */
export function rotate(picture: Picture, degrees: number, options: AffineOptions): Picture {
  const angle = -degrees * Math.PI / 180;
  const [cos, sin] = [Math.cos(angle), Math.sin(angle)];
  const [x, y] = [picture.width / 2, picture.height / 2];
  return affine(picture, [cos, sin, x - cos * x - sin * y, -sin, cos, y + sin * x - cos * y], options);
}

/** Maps a picture onto one of the same size. */
export function affine(picture: Picture, matrix: Matrix, { resampling, fill }: AffineOptions): Picture {
  const { width, height, channels } = picture;
  const mapped = new Uint8Array(width * height * channels);
  const read = readers[resampling];
  const [a, b, c, d, e, f] = resampling === "nearest" ? matrix.map(fixed) as unknown as Matrix : matrix;
  for (let row = 0; row < height; row++) {
    for (let column = 0; column < width; column++) {
      const x = a * (column + 0.5) + b * (row + 0.5) + c;
      const y = d * (column + 0.5) + e * (row + 0.5) + f;
      const to = (row * width + column) * channels;
      const outside = x < 0 || x >= width || y < 0 || y >= height;
      for (let channel = 0; channel < channels; channel++) {
        mapped[to + channel] = outside ? fill[channel]! : read(picture, x, y, channel);
      }
    }
  }
  return withBytes(picture, mapped);
}

/** Pillow maps to the nearest pixel with 16 bits after the point. */
function fixed(value: number): number {
  return Math.floor(value * 65536 + 0.5) / 65536;
}

type Reader = (picture: Picture, x: number, y: number, channel: number) => number;

const readers: Readonly<Record<Resampling, Reader>> = {
  nearest: ({ width, channels, data }, x, y, channel) =>
    data[(Math.floor(y) * width + Math.floor(x)) * channels + channel]!,
  bilinear: (picture, x, y, channel) => between(picture, x, y, channel, 0, mixTwo),
  bicubic: (picture, x, y, channel) => between(picture, x, y, channel, 1, mixFour),
};

/** A level between pixels: mixed along each row around, then across. Rows and columns beyond the edge repeat it. */
function between(
  { width, height, channels, data }: Picture,
  x: number,
  y: number,
  channel: number,
  reach: number,
  mix: (levels: readonly number[], share: number) => number,
): number {
  const [left, top] = [Math.floor(x - 0.5), Math.floor(y - 0.5)];
  const places = reach === 0 ? [0, 1] : [-1, 0, 1, 2];
  const rows = places.map((down) => {
    const start = Math.min(Math.max(top + down, 0), height - 1) * width;
    return mix(
      places.map((right) =>
        data[(start + Math.min(Math.max(left + right, 0), width - 1)) * channels + channel]!
      ),
      x - 0.5 - left,
    );
  });
  return byteBelow(mix(rows, y - 0.5 - top));
}

function mixTwo([one, two]: readonly number[], share: number): number {
  return one! + (two! - one!) * share;
}

/** Cubic convolution with a = −1, as Pillow has it here (its resizing has −½). */
function mixFour([v1, v2, v3, v4]: readonly number[], share: number): number {
  const [one, two, three, four] = [v1!, v2!, v3!, v4!];
  const square = 2 * (one - two) + three - four;
  return two + share * (three - one + share * (square + share * (two - one - three + four)));
}
