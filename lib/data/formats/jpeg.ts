/**
 * JPEG: photographs as pixels.
 *
 * @module
 */
import { decode } from "jpeg-js";
import type { Tensor } from "../../tensor/array.ts";
import { malformed } from "./format_error.ts";

/** What a picture may ask for: enough for any photograph in a data set, too little to exhaust a machine. */
const limits = { maxResolutionInMP: 40, maxMemoryUsageInMB: 512 };

/**
 * Reads a JPEG file as colours.
 *
 * Decoders differ by a level or so, so pixels belong to this decoder's version: it rounds colours down, and where chroma
 * is subsampled it repeats it.
 *
 * @param bytes The file.
 * @param name What an error calls it: `JPEG train/cat/0001.jpg`.
 * @returns Pixels, uint8 `[height, width, 3]`.
 * @throws {FormatError} When it is truncated, damaged, or larger than any photograph.
 */
export function decodeJpeg(bytes: Uint8Array, name = "JPEG"): Tensor {
  if (bytes[0] !== 0xff || bytes[1] !== 0xd8) {
    throw malformed(name, "byte 0", "the marker ff d8", "other bytes");
  }
  if (bytes.at(-2) !== 0xff || bytes.at(-1) !== 0xd9) {
    throw malformed(name, "the end", "the marker ff d9", "other bytes");
  }
  try {
    const { width, height, data } = decode(bytes, {
      ...limits,
      useTArray: true,
      formatAsRGBA: false,
      tolerantDecoding: false,
    });
    return { dtype: "uint8", shape: [height, width, 3], data };
  } catch (error) {
    throw malformed(
      name,
      "its coded pixels",
      "a readable picture",
      (error as Error).message.replace(/\.$/, ""),
    );
  }
}
