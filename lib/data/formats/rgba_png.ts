/**
 * PNG with transparency: pictures of things, with their outlines.
 *
 * @module
 */
import { decode, type DecodedPng } from "fast-png";
import type { Tensor } from "../../tensor/array.ts";
import { malformed } from "./format_error.ts";

/**
 * Reads a PNG file of 8-bit colours with alpha, or of a palette.
 *
 * @param bytes The file.
 * @param name What an error calls it: `PNG 1f600.png`.
 * @returns Pixels, uint8 `[height, width, 4]`: red, green, blue, alpha.
 * @throws {FormatError} When it is damaged, or of another kind.
 */
export function decodeRgbaPng(bytes: Uint8Array, name = "PNG"): Tensor {
  const { width, height, channels, depth, data, palette } = decoded(bytes, name);
  const shape = [height, width, 4];
  if (palette !== undefined) {
    const colours = new Uint8Array(width * height * 4);
    places(data, width, height, depth).forEach((place, pixel) => {
      const [red, green, blue, alpha = 255] = palette[place] ?? [];
      if (blue === undefined) throw malformed(name, `pixel ${pixel}`, "a colour of its palette", `${place}`);
      colours.set([red!, green!, blue, alpha], 4 * pixel);
    });
    return { dtype: "uint8", shape, data: colours };
  }
  if (channels !== 4 || depth !== 8) {
    throw malformed(
      name,
      "its header",
      "4 channels of 8 bits or a palette",
      `${channels} channels of ${depth} bits`,
    );
  }
  return { dtype: "uint8", shape, data: data as Uint8Array };
}

function decoded(bytes: Uint8Array, name: string): DecodedPng {
  try {
    return decode(bytes, { checkCrc: true });
  } catch (error) {
    throw malformed(name, "its chunks", "a readable picture", (error as Error).message.replace(/\.$/, ""));
  }
}

/** Places in a palette, of which several may share a byte; each row starts a byte. */
function places(data: ArrayLike<number>, width: number, height: number, depth: number): Uint8Array {
  const perByte = 8 / depth;
  const row = Math.ceil(width / perByte);
  const found = new Uint8Array(width * height);
  for (let pixel = 0; pixel < found.length; pixel++) {
    const [y, x] = [Math.floor(pixel / width), pixel % width];
    const shift = 8 - depth * (x % perByte + 1);
    found[pixel] = (data[y * row + Math.floor(x / perByte)]! >> shift) & (2 ** depth - 1);
  }
  return found;
}
