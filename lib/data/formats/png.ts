/**
 * PNG pictures.
 *
 * @module
 */
import { decode } from "fast-png";
import { type Tensor, tensor } from "../../tensor/array.ts";
import { malformed } from "./format_error.ts";

/**
 * Decodes a picture of 8 bits a channel. What is transparent is taken as it is; grey becomes three equal colours.
 *
 * @param bytes The file.
 * @param source What to call it in errors: `PNG dog.png`.
 * @returns uint8 `[height, width, 3]`.
 * @throws {FormatError} When the file is not such a picture.
 */
export function decodePng(bytes: Uint8Array, source: string): Tensor {
  const { width, height, channels, depth, palette, data } = decoded(bytes, source);
  if (depth !== 8 || palette !== undefined) {
    const found = palette === undefined ? `${depth}` : "an index of a palette";
    throw malformed(source, "its header", "8 bits a channel", found);
  }
  const colours = new Uint8Array(width * height * 3);
  for (let pixel = 0; pixel < width * height; pixel++) {
    for (let channel = 0; channel < 3; channel++) {
      colours[pixel * 3 + channel] = data[pixel * channels + (channels < 3 ? 0 : channel)]!;
    }
  }
  return tensor("uint8", [height, width, 3], colours);
}

function decoded(bytes: Uint8Array, source: string): ReturnType<typeof decode> {
  try {
    return decode(bytes, { checkCrc: true });
  } catch (error) {
    throw malformed(source, "its contents", "a PNG picture", (error as Error).message);
  }
}
