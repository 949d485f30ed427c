/**
 * NPY: NumPy's file of one array.
 *
 * A magic string, a version, the header's length, the header as a Python dictionary, then the elements.
 *
 * @module
 */
import { arrayOf, type DType, elementCount, type Tensor } from "../../tensor/array.ts";
import { malformed } from "./format_error.ts";

const magic = Uint8Array.of(0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59);
const dtypes: Readonly<Record<string, DType>> = {
  "<f4": "float32",
  "<f8": "float64",
  "<i4": "int32",
  "<i8": "int64",
  "|u1": "uint8",
  "|b1": "bool",
};
const dictionary =
  /^\{'descr': '(?<descr>[^']*)', 'fortran_order': (?<fortran>True|False), 'shape': \((?<shape>[\d, ]*)\),? *\} *\n$/;

/**
 * Reads an NPY file, of any of the three versions. Elements are copied only where they are not aligned.
 *
 * @param bytes The file.
 * @param name What an error calls it: `NPY probabilities.npy`.
 * @throws {FormatError} When it is truncated, too long, in Fortran's order, or of a dtype that Assay lacks.
 */
export function decodeNpy(bytes: Uint8Array, name = "NPY"): Tensor {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (magic.some((byte, index) => bytes[index] !== byte)) {
    throw malformed(name, "byte 0", "the magic string \\x93NUMPY", "other bytes");
  }
  const version = bytes[6] ?? 0;
  const width = version === 1 ? 2 : 4;
  if (version < 1 || version > 3) throw malformed(name, "byte 6", "version 1, 2 or 3", `${version}`);
  const header = 8 + width;
  if (bytes.length < header) throw malformed(name, "byte 8", "the header's length", "the end of the file");
  const start = header + (width === 2 ? view.getUint16(8, true) : view.getUint32(8, true));
  if (start > bytes.length) {
    throw malformed(
      name,
      "byte 8",
      `a header of at most ${bytes.length - header} bytes`,
      `${start - header}`,
    );
  }

  const text = new TextDecoder().decode(bytes.subarray(header, start));
  const { descr, fortran, shape: axes } = dictionary.exec(text)?.groups ?? {};
  if (descr === undefined || axes === undefined) {
    throw malformed(name, "the header", "descr, fortran_order and shape", JSON.stringify(text.slice(0, 60)));
  }
  const dtype = Object.hasOwn(dtypes, descr) ? dtypes[descr] : undefined;
  if (dtype === undefined) {
    throw malformed(name, "descr", `one of ${Object.keys(dtypes).join(", ")}`, JSON.stringify(descr));
  }
  const shape = axes.split(",").map((axis) => axis.trim()).filter((axis) => axis !== "").map(Number);
  if (fortran === "True" && shape.length > 1) throw malformed(name, "fortran_order", "False", "True");

  const Elements = arrayOf[dtype];
  const count = elementCount(shape);
  const body = bytes.subarray(start);
  const expected = count * Elements.BYTES_PER_ELEMENT;
  if (body.length !== expected) {
    throw malformed(
      name,
      `byte ${start}`,
      `${expected} bytes for ${descr} of shape [${shape}]`,
      `${body.length}`,
    );
  }
  const aligned = body.byteOffset % Elements.BYTES_PER_ELEMENT === 0 ? body : body.slice();
  const data = new Elements(aligned.buffer as ArrayBuffer, aligned.byteOffset, count);
  if (dtype === "bool") {
    const place = body.findIndex((byte) => byte > 1);
    if (place >= 0) throw malformed(name, `byte ${start + place}`, "a bool of 0 or 1", `${body[place]}`);
  }
  return { dtype, shape, data };
}
