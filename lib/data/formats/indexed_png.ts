/**
 * PNG pictures whose pixels are numbers of a palette: maps of what is where.
 *
 * @module
 */
import { decode } from "fast-png";
import { malformed } from "./format_error.ts";

/** What each pixel of a picture shows, by number. */
export interface PixelMap {
  /** Rows. */
  readonly height: number;
  /** Columns. */
  readonly width: number;
  /** A number a pixel, row by row. */
  readonly data: Uint8Array;
}

/**
 * Decodes the numbers of a picture with a palette of 8 bits, and leaves the palette's colours aside.
 *
 * @param bytes The file.
 * @param source What to call it in errors: `PNG 2007_000033.png`.
 * @throws {FormatError} When the file is not such a picture.
 */
export function decodeIndexedPng(bytes: Uint8Array, source: string): PixelMap {
  const { width, height, channels, depth, palette, data } = decoded(bytes, source);
  if (palette === undefined || depth !== 8 || channels !== 1) {
    const found = `${channels} of ${depth} bits${palette === undefined ? " without a palette" : ""}`;
    throw malformed(source, "its header", "one index of 8 bits a pixel, and a palette", found);
  }
  return { height, width, data: Uint8Array.from(data) };
}

function decoded(bytes: Uint8Array, source: string): ReturnType<typeof decode> {
  try {
    return decode(bytes, { checkCrc: true });
  } catch (error) {
    throw malformed(source, "its contents", "a PNG picture", (error as Error).message);
  }
}
