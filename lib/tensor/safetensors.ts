/**
 * Safetensors: named tensors in one file, read without a copy.
 *
 * The file is a 64-bit header length, a JSON header padded with spaces to a multiple of eight bytes, and the raw
 * little-endian elements. Python's `safetensors` reads what is written here, and the other way round.
 *
 * @module
 */
import { canonicalJson, type Json } from "../dag/canonical.ts";
import { malformed } from "../data/formats/format_error.ts";
import { decodeJson, isObject } from "../data/formats/json.ts";
import { encodeUtf8 } from "../data/formats/utf8.ts";
import {
  arrayOf,
  checkTensor,
  type DType,
  elementCount,
  type Tensor,
  type TensorData,
  TensorError,
} from "./array.ts";

/** What a safetensors file holds. */
export interface TensorFile {
  /** Facts about the tensors: one string for each name. */
  readonly metadata: Readonly<Record<string, string>>;
  /** The tensors by name. */
  readonly tensors: Readonly<Record<string, Tensor>>;
}

const codes = {
  float32: "F32",
  float64: "F64",
  int32: "I32",
  uint8: "U8",
  bool: "BOOL",
  int64: "I64",
} as const;
const dtypes: Readonly<Record<string, DType>> = Object.fromEntries(
  Object.entries(codes).map(([dtype, code]) => [code, dtype as DType]),
);

/** The format's own limit, which keeps a lying length from being believed. */
const longestHeader = 100_000_000;

/**
 * Writes tensors. Equal tensors give equal bytes, whatever the order of their names.
 *
 * Wider elements come first, then names in order, as the reference writer does it: so every tensor starts at a
 * multiple of its element's size and can be read where it lies.
 *
 * @example Usage
 * ```ts
 * import { tensor } from "./array.ts";
 * import { decodeSafetensors, encodeSafetensors } from "./safetensors.ts";
 * import { assertEquals } from "@std/assert";
 *
 * const weight = tensor("float32", [2], [0.5, 1.5]);
 * const bytes = encodeSafetensors({ metadata: { made: "by hand" }, tensors: { weight } });
 * assertEquals(decodeSafetensors(bytes).tensors.weight, weight);
 * ```
 *
 * @throws {TensorError} When a tensor's elements do not fit its shape, or it is named `__metadata__`.
 */
export function encodeSafetensors({ metadata, tensors }: TensorFile): Uint8Array<ArrayBuffer> {
  const names = Object.keys(tensors).sort();
  for (const name of names) checkTensor(tensors[name]!, `the tensor ${JSON.stringify(name)}`);
  if (names.includes("__metadata__")) {
    throw new TensorError({ message: "__metadata__ is no name for a tensor: safetensors keeps it." });
  }

  // Sorting is stable, so names stay in order among elements of one size.
  const laid = names.toSorted((a, b) =>
    tensors[b]!.data.BYTES_PER_ELEMENT - tensors[a]!.data.BYTES_PER_ELEMENT
  );
  let end = 0;
  const entries: [string, Json][] = laid.map((name) => {
    const { dtype, shape, data } = tensors[name]!;
    return [name, { dtype: codes[dtype], shape, data_offsets: [end, end += data.byteLength] }];
  });
  if (Object.keys(metadata).length > 0) entries.push(["__metadata__", metadata]);

  const text = encodeUtf8(canonicalJson(Object.fromEntries(entries)), "safetensors header");
  const length = Math.ceil(text.length / 8) * 8;
  const bytes = new Uint8Array(8 + length + end);
  new DataView(bytes.buffer).setBigUint64(0, BigInt(length), true);
  bytes.set(text, 8);
  bytes.fill(0x20, 8 + text.length, 8 + length);
  let offset = 8 + length;
  for (const name of laid) {
    const { data } = tensors[name]!;
    bytes.set(new Uint8Array(data.buffer, data.byteOffset, data.byteLength), offset);
    offset += data.byteLength;
  }
  return bytes;
}

/**
 * Reads tensors. They are views of `bytes`, so changing one changes the other; only where the bytes do not start at a
 * multiple of eight are the wider elements copied.
 *
 * @throws {FormatError} On anything but a whole and honest safetensors file, or on a dtype that Assay lacks.
 */
export function decodeSafetensors(bytes: Uint8Array): TensorFile {
  if (bytes.length < 8) throw wrong("byte 0", "a header length of 8 bytes", `${bytes.length} bytes`);
  const length = Number(new DataView(bytes.buffer, bytes.byteOffset).getBigUint64(0, true));
  const room = Math.min(bytes.length - 8, longestHeader);
  if (length > room) throw wrong("byte 0", `a header length of at most ${room}`, `${length}`);
  const header = decodeJson(bytes.subarray(8, 8 + length), "safetensors header");
  if (!isObject(header)) throw wrong("the header", "a JSON object", JSON.stringify(header).slice(0, 40));

  const { __metadata__: metadata = {}, ...entries } = header;
  if (!isMetadata(metadata)) {
    throw wrong("__metadata__", "an object of strings", JSON.stringify(metadata).slice(0, 40));
  }
  const spans = Object.entries(entries).map(([name, entry]) => readEntry(name, entry));
  checkSpans(spans, bytes.length - 8 - length);
  const body = bytes.subarray(8 + length);
  const tensors = spans.map(({ name, dtype, shape, begin, end }) => {
    const tensor: Tensor = { dtype, shape, data: view(dtype, body.subarray(begin, end)) };
    if (dtype === "bool") checkBool(name, tensor.data as Uint8Array);
    return [name, tensor] as const;
  });
  return { metadata, tensors: Object.fromEntries(tensors) };
}

interface Span {
  readonly name: string;
  readonly dtype: DType;
  readonly shape: readonly number[];
  readonly begin: number;
  readonly end: number;
}

function readEntry(name: string, entry: Json): Span {
  const place = `the tensor ${JSON.stringify(name)}`;
  const said = JSON.stringify(entry).slice(0, 80);
  if (!isObject(entry)) throw wrong(place, "an object of dtype, shape and data_offsets", said);
  const { dtype: code, shape, data_offsets: offsets } = entry;
  const dtype = typeof code === "string" && Object.hasOwn(dtypes, code) ? dtypes[code] : undefined;
  if (dtype === undefined) {
    throw wrong(place, `a dtype among ${Object.keys(dtypes).join(", ")}`, JSON.stringify(code) ?? "none");
  }
  if (!isCounts(shape)) throw wrong(place, "a shape of whole numbers", said);
  if (!isCounts(offsets) || offsets.length !== 2) {
    throw wrong(place, "data_offsets of two whole numbers", said);
  }
  const [begin, end] = offsets as [number, number];
  const size = elementCount(shape) * arrayOf[dtype].BYTES_PER_ELEMENT;
  if (end - begin !== size) {
    throw wrong(place, `${size} bytes for ${code} of shape [${shape}]`, `${end - begin} bytes`);
  }
  return { name, dtype, shape, begin, end };
}

/** Tensors must fill the file from end to end: an overlap or a hole is a place to hide something. */
function checkSpans(spans: readonly Span[], available: number): void {
  let reached = 0;
  for (const { name, begin, end } of spans.toSorted((a, b) => a.begin - b.begin || a.end - b.end)) {
    if (begin !== reached) {
      throw wrong(`the tensor ${JSON.stringify(name)}`, `a start at ${reached}`, `${begin}`);
    }
    reached = end;
  }
  if (reached !== available) throw wrong("the end", `${reached} bytes of elements`, `${available}`);
}

function view(dtype: DType, bytes: Uint8Array): TensorData {
  const Elements = arrayOf[dtype];
  const aligned = bytes.byteOffset % Elements.BYTES_PER_ELEMENT === 0 ? bytes : bytes.slice();
  return new Elements(
    aligned.buffer as ArrayBuffer,
    aligned.byteOffset,
    aligned.byteLength / Elements.BYTES_PER_ELEMENT,
  );
}

function checkBool(name: string, data: Uint8Array): void {
  const place = data.findIndex((byte) => byte > 1);
  if (place >= 0) {
    throw wrong(
      `element ${place} of the tensor ${JSON.stringify(name)}`,
      "a bool of 0 or 1",
      `${data[place]}`,
    );
  }
}

function isMetadata(value: Json): value is Readonly<Record<string, string>> {
  return isObject(value) && Object.values(value).every((fact) => typeof fact === "string");
}

function isCounts(value: Json | undefined): value is readonly number[] {
  return Array.isArray(value) && value.every((count) => Number.isSafeInteger(count) && count >= 0);
}

function wrong(place: string, expected: string, found: string) {
  return malformed("safetensors", place, expected, found);
}
