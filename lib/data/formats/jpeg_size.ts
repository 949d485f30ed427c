/**
 * The size of a JPEG picture, read off its header.
 *
 * @module
 */
import { malformed } from "./format_error.ts";

/**
 * Reads a picture's rows and columns without decoding it.
 *
 * @param bytes The file.
 * @param source What to call it in errors: `JPEG dog.jpg`.
 * @throws {FormatError} When the bytes have no JPEG header.
 */
export function jpegSize(
  bytes: Uint8Array,
  source: string,
): { readonly height: number; readonly width: number } {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const isStart = bytes.length > 4 && view.getUint16(0) === 0xffd8;
  // Each segment is ff, its kind, and its length in two bytes, which count.
  for (let at = 2; isStart && at + 9 <= bytes.length && bytes[at] === 0xff;) {
    const kind = bytes[at + 1]!;
    // The frame's header: c0 to cf, of which c4, c8 and cc are tables.
    if (kind >= 0xc0 && kind <= 0xcf && kind % 4 !== 0 || kind === 0xc0) {
      return { height: view.getUint16(at + 5), width: view.getUint16(at + 7) };
    }
    at += kind === 0xff ? 1 : 2 + view.getUint16(at + 2);
  }
  throw malformed(source, "its header", "a JPEG picture's frame", isStart ? "none" : "no JPEG picture");
}
