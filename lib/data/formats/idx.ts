/**
 * IDX: the format of MNIST's files.
 *
 * Two zero bytes, a byte for the element's type, a byte for the number of axes, each axis' length as a big-endian
 * 32-bit number, then the elements.
 *
 * @module
 */
import { elementCount, type Tensor } from "../../tensor/array.ts";
import { malformed } from "./format_error.ts";

const types = {
  0x08: { dtype: "uint8", bytes: 1 },
  0x0c: { dtype: "int32", bytes: 4 },
  0x0d: { dtype: "float32", bytes: 4 },
  0x0e: { dtype: "float64", bytes: 8 },
} as const;

/**
 * Reads an IDX file. Bytes are a view of the file, wider elements are copied.
 *
 * @example Usage
 * ```ts
 * import { decodeIdx } from "./idx.ts";
 * import { assertEquals } from "@std/assert";
 *
 * const labels = decodeIdx(Uint8Array.of(0, 0, 8, 1, 0, 0, 0, 2, 7, 2));
 * assertEquals(labels, { dtype: "uint8", shape: [2], data: Uint8Array.of(7, 2) });
 * ```
 *
 * @param bytes The file.
 * @param name What an error calls it: `IDX train-labels-idx1-ubyte`.
 * @throws {FormatError} When it is truncated, too long, or of a type that Assay lacks.
 */
export function decodeIdx(bytes: Uint8Array, name = "IDX"): Tensor {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (bytes.length < 4) throw malformed(name, "byte 0", "4 bytes of magic number", `${bytes.length} bytes`);
  const [zero, nought, code, axes] = bytes as unknown as [number, number, number, number];
  if (zero !== 0 || nought !== 0) {
    throw malformed(name, "byte 0", "two zero bytes", `${hex(zero)} ${hex(nought)}`);
  }
  const type = types[code as keyof typeof types];
  if (type === undefined) {
    throw malformed(
      name,
      "byte 2",
      `a type among ${Object.keys(types).map((key) => hex(Number(key))).join(", ")}`,
      hex(code),
    );
  }
  const start = 4 + 4 * axes;
  if (bytes.length < start) {
    throw malformed(name, "byte 4", `the lengths of ${axes} axes`, `${bytes.length - 4} bytes`);
  }
  const shape = Array.from({ length: axes }, (_, axis) => view.getUint32(4 + 4 * axis));
  const count = elementCount(shape);
  if (bytes.length - start !== count * type.bytes) {
    const expected = `${count * type.bytes} bytes for ${type.dtype} of shape [${shape}]`;
    throw malformed(name, `byte ${start}`, expected, `${bytes.length - start}`);
  }
  switch (type.dtype) {
    case "uint8":
      return { dtype: "uint8", shape, data: bytes.subarray(start) };
    case "int32":
      return {
        dtype: "int32",
        shape,
        data: Int32Array.from({ length: count }, (_, i) => view.getInt32(start + 4 * i)),
      };
    case "float32":
      return {
        dtype: "float32",
        shape,
        data: Float32Array.from({ length: count }, (_, i) => view.getFloat32(start + 4 * i)),
      };
    case "float64":
      return {
        dtype: "float64",
        shape,
        data: Float64Array.from({ length: count }, (_, i) => view.getFloat64(start + 8 * i)),
      };
  }
}

function hex(byte: number): string {
  return `0x${byte.toString(16).padStart(2, "0")}`;
}
