/**
 * Pictures of bytes: what augmentation works on, one at a time.
 *
 * @module
 */

/** A picture of bytes, `[height, width, channels]`, with one channel (grey) or three (red, green, blue). */
export interface Picture {
  /** Rows. */
  readonly height: number;
  /** Columns. */
  readonly width: number;
  /** 1 or 3. */
  readonly channels: number;
  /** The bytes, row by row, the channels of a pixel beside each other. */
  readonly data: Uint8Array;
}

/** A picture of the same size with other bytes. */
export function withBytes({ height, width, channels }: Picture, data: Uint8Array): Picture {
  return { height, width, channels, data };
}

/** The nearest byte below a number, or the end of the range that it is beyond: how Pillow stores what it computes. */
export function byteBelow(value: number): number {
  return value <= 0 ? 0 : value >= 255 ? 255 : Math.floor(value);
}

/**
 * A picture's brightness by pixel, by the weights of ITU-R 601 as Pillow rounds them.
 *
 * @returns One byte a pixel.
 */
export function greyOf({ channels, data }: Picture): Uint8Array {
  if (channels === 1) return data;
  const grey = new Uint8Array(data.length / 3);
  for (let pixel = 0; pixel < grey.length; pixel++) {
    const at = 3 * pixel;
    grey[pixel] = (19595 * data[at]! + 38470 * data[at + 1]! + 7471 * data[at + 2]! + 0x8000) >> 16;
  }
  return grey;
}
