/**
 * Tar: the files of an archive, where they lie in it.
 *
 * @module
 */
import { malformed } from "./format_error.ts";

const block = 512;

/**
 * Finds the files of an uncompressed tar archive. They are views of its bytes, by path; directories and links are left
 * out. Every header's checksum is checked.
 *
 * @param bytes The archive, in the ustar format or GNU's, with paths of at most 255 bytes.
 * @param name What an error calls it: `tar cifar10-jpeg.tar`.
 * @throws {FormatError} When it is truncated or damaged.
 */
export function decodeTar(bytes: Uint8Array, name = "tar"): ReadonlyMap<string, Uint8Array> {
  const files = new Map<string, Uint8Array>();
  let at = 0;
  for (;;) {
    const header = bytes.subarray(at, at + block);
    if (header.length < block) {
      throw malformed(name, `byte ${at}`, "a header or the final zeros", `${header.length} bytes`);
    }
    if (header.every((byte) => byte === 0)) return files;
    const sum = octal(header, 148, 8);
    if (sum !== checksum(header)) {
      throw malformed(name, `byte ${at}`, `a header whose sum is ${sum}`, `${checksum(header)}`);
    }
    const size = octal(header, 124, 12);
    if (size === undefined) {
      throw malformed(name, `byte ${at + 124}`, "a size in octal digits", text(header, 124, 12));
    }
    const start = at + block;
    const end = start + size;
    if (end > bytes.length) {
      throw malformed(name, `byte ${start}`, `${size} bytes of content`, `${bytes.length - start}`);
    }
    const type = header[156];
    if (type === 0 || type === 0x30) files.set(path(header), bytes.subarray(start, end));
    at = start + Math.ceil(size / block) * block;
  }
}

/** The sum of a header's bytes, its own eight counted as spaces. */
function checksum(header: Uint8Array): number {
  return header.reduce((sum, byte, place) => sum + (place >= 148 && place < 156 ? 0x20 : byte), 0);
}

function path(header: Uint8Array): string {
  // In GNU's format what would be the prefix holds times.
  const prefix = text(header, 257, 6) === "ustar" ? text(header, 345, 155) : "";
  return prefix === "" ? text(header, 0, 100) : `${prefix}/${text(header, 0, 100)}`;
}

function octal(header: Uint8Array, start: number, length: number): number | undefined {
  const digits = text(header, start, length).trim();
  return /^[0-7]+$/.test(digits) ? Number.parseInt(digits, 8) : undefined;
}

/** A field's text, up to its first zero byte. */
function text(header: Uint8Array, start: number, length: number): string {
  const field = header.subarray(start, start + length);
  const zero = field.indexOf(0);
  return new TextDecoder().decode(zero < 0 ? field : field.subarray(0, zero));
}
