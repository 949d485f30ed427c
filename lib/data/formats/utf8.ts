/**
 * Text as bytes and back, refusing what would change on the way.
 *
 * @module
 */
import { malformed } from "./format_error.ts";

/**
 * Writes text as UTF-8.
 *
 * @param text The text.
 * @param format What an error calls it.
 * @throws {FormatError} On half a surrogate pair, which UTF-8 cannot hold.
 */
export function encodeUtf8(text: string, format = "text"): Uint8Array<ArrayBuffer> {
  if (!text.isWellFormed()) {
    const place = text.search(/\p{Surrogate}/u);
    throw malformed(format, `character ${place}`, "whole characters", "half a surrogate pair");
  }
  return new TextEncoder().encode(text);
}

/**
 * Reads UTF-8. A byte order mark is kept as the character that it is.
 *
 * @param bytes The bytes.
 * @param format What an error calls them.
 * @throws {FormatError} On bytes that are not UTF-8; the message has the first of them.
 */
export function decodeUtf8(bytes: Uint8Array, format = "text"): string {
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    const place = firstInvalidByte(bytes);
    const found = place < bytes.length
      ? `the byte 0x${bytes[place]!.toString(16).padStart(2, "0")}`
      : "an unfinished character";
    throw malformed(format, `byte ${place}`, "UTF-8", found);
  }
}

/** The decoder says that bytes are wrong but not where: the longest prefix that it takes, in a stream, ends there. */
function firstInvalidByte(bytes: Uint8Array): number {
  let low = 0;
  let high = bytes.length;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (isPrefix(bytes.subarray(0, middle))) low = middle;
    else high = middle - 1;
  }
  return low;
}

function isPrefix(bytes: Uint8Array): boolean {
  try {
    new TextDecoder("utf-8", { fatal: true }).decode(bytes, { stream: true });
    return true;
  } catch {
    return false;
  }
}
