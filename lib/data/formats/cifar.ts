/**
 * CIFAR-10's binary batches.
 *
 * A file is a row of records of 3,073 bytes: the label, then 1,024 bytes each of red, green and blue.
 *
 * @module
 */
import { malformed } from "./format_error.ts";

const plane = 32 * 32;
const record = 1 + 3 * plane;

/** Labelled pictures, in a file's order. */
export interface LabelledImages {
  /** Pixels, `n` · 32 · 32 · 3 bytes, colours of one pixel together. */
  readonly images: Uint8Array<ArrayBuffer>;
  /** One of ten classes each. */
  readonly labels: Int32Array<ArrayBuffer>;
}

/**
 * Reads a binary batch.
 *
 * @param bytes The file.
 * @param name What an error calls it: `CIFAR-10 data_batch_1.bin`.
 * @throws {FormatError} When it does not end with a whole record, or a label is none of the ten.
 */
export function decodeCifar(bytes: Uint8Array, name = "CIFAR-10 batch"): LabelledImages {
  if (bytes.length % record !== 0) {
    throw malformed(name, "the end", `a multiple of ${record} bytes`, `${bytes.length}`);
  }
  const count = bytes.length / record;
  const images = new Uint8Array(count * 3 * plane);
  const labels = new Int32Array(count);
  for (let index = 0; index < count; index += 1) {
    const start = index * record;
    const label = bytes[start]!;
    if (label > 9) throw malformed(name, `byte ${start}`, "a label from 0 to 9", `${label}`);
    labels[index] = label;
    for (let pixel = 0; pixel < plane; pixel += 1) {
      for (let colour = 0; colour < 3; colour += 1) {
        images[(index * plane + pixel) * 3 + colour] = bytes[start + 1 + colour * plane + pixel]!;
      }
    }
  }
  return { images, labels };
}
