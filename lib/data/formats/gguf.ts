/**
 * GGUF: the file of a language model for llama.cpp and its kin.
 *
 * A header, facts with their types, a directory of tensors, and the tensors' data. Weights are kept in blocks of few
 * bits: see `gguf_blocks.ts`.
 *
 * @module
 */
import { elementCount, type Tensor } from "../../tensor/array.ts";
import { malformed } from "./format_error.ts";
import { bytesOf, readBlocks } from "./gguf_blocks.ts";

/** A fact of a model: `llama.block_count`, `general.architecture`. */
export type GgufFact = number | bigint | boolean | string | readonly GgufFact[];

/** A tensor as it lies in the file. */
export interface GgufTensor {
  /** The name of its blocks' type: `F32`, `Q4_1`, `Q8_0`. */
  readonly type: string;
  /** Its shape, the last axis the one along which elements lie beside each other. */
  readonly shape: readonly number[];
  /** Its bytes. */
  readonly bytes: Uint8Array;
}

/** What a GGUF file holds. */
export interface Gguf {
  /** What is known of the model. */
  readonly facts: Readonly<Record<string, GgufFact>>;
  /** The tensors by name. */
  readonly tensors: Readonly<Record<string, GgufTensor>>;
}

/** Types of blocks by their numbers in the file; those that cannot be read are named too, for the error. */
const types: Readonly<Record<number, string>> = {
  ...{ 0: "F32", 1: "F16", 2: "Q4_0", 3: "Q4_1", 6: "Q5_0", 7: "Q5_1", 8: "Q8_0", 9: "Q8_1" },
  ...{ 10: "Q2_K", 11: "Q3_K", 12: "Q4_K", 13: "Q5_K", 14: "Q6_K", 15: "Q8_K", 30: "BF16" },
};

/** No file has as many facts or tensors: keeps a lying number from being believed. */
const MOST = 1_000_000;

/**
 * Reads the directory of a GGUF file, of version 2 or 3. The tensors' bytes are not copied.
 *
 * @param bytes The file.
 * @throws {FormatError} When it is truncated or is no GGUF.
 */
export function decodeGguf(bytes: Uint8Array): Gguf {
  const cursor = cursorOf(bytes);
  if (new TextDecoder("latin1").decode(bytes.subarray(0, 4)) !== "GGUF") {
    throw malformed("GGUF", "byte 0", "GGUF", "other bytes");
  }
  cursor.skip(4);
  const version = cursor.u32();
  if (version !== 2 && version !== 3) throw malformed("GGUF", "byte 4", "version 2 or 3", `${version}`);
  const [tensorCount, factCount] = [cursor.count(), cursor.count()];

  const facts: Record<string, GgufFact> = {};
  for (let fact = 0; fact < factCount; fact++) {
    const name = cursor.text();
    facts[name] = readFact(cursor, cursor.u32());
  }
  const entries = Array.from({ length: tensorCount }, () => readEntry(cursor));
  const alignment = Number(facts["general.alignment"] ?? 32);
  const start = Math.ceil(cursor.place() / alignment) * alignment;
  return {
    facts,
    tensors: Object.fromEntries(entries.map(({ name, type, shape, offset }) => {
      const length = bytesOf(type, elementCount(shape));
      const from = start + offset;
      if (from + length > bytes.length) {
        throw malformed("GGUF", `the tensor ${name}`, `${length} bytes at ${from}`, "the end of the file");
      }
      return [name, { type, shape, bytes: bytes.subarray(from, from + length) }];
    })),
  };
}

/**
 * A tensor's elements as float32.
 *
 * @throws {FormatError} When its blocks are of a type that cannot be read.
 */
export function dequantise({ type, shape, bytes }: GgufTensor): Tensor {
  return { dtype: "float32", shape, data: readBlocks(type, bytes, elementCount(shape)) };
}

interface Entry {
  readonly name: string;
  readonly type: string;
  readonly shape: readonly number[];
  readonly offset: number;
}

function readEntry(cursor: Cursor): Entry {
  const name = cursor.text();
  const axes = cursor.u32();
  if (axes > 4) throw malformed("GGUF", `the tensor ${name}`, "at most 4 axes", `${axes}`);
  const shape = Array.from({ length: axes }, () => Number(cursor.u64())).reverse();
  const code = cursor.u32();
  return { name, type: types[code] ?? `type ${code}`, shape, offset: Number(cursor.u64()) };
}

/** Reads a fact of a type; 9 is a list, which has the type of its elements before it. */
function readFact(cursor: Cursor, type: number): GgufFact {
  if (type === 9) {
    const of = cursor.u32();
    return Array.from({ length: cursor.count(2 ** 24) }, () => readFact(cursor, of));
  }
  const read = scalars[type];
  if (read === undefined) throw malformed("GGUF", `byte ${cursor.place()}`, "a type from 0 to 12", `${type}`);
  return read(cursor);
}

/** How facts are read, by the number of their type. */
const scalars: Readonly<Record<number, (cursor: Cursor) => GgufFact>> = {
  0: (cursor) => cursor.number(1, (view, at) => view.getUint8(at)),
  1: (cursor) => cursor.number(1, (view, at) => view.getInt8(at)),
  2: (cursor) => cursor.number(2, (view, at) => view.getUint16(at, true)),
  3: (cursor) => cursor.number(2, (view, at) => view.getInt16(at, true)),
  4: (cursor) => cursor.u32(),
  5: (cursor) => cursor.number(4, (view, at) => view.getInt32(at, true)),
  6: (cursor) => cursor.number(4, (view, at) => view.getFloat32(at, true)),
  7: (cursor) => cursor.number(1, (view, at) => view.getUint8(at)) !== 0,
  8: (cursor) => cursor.text(),
  10: (cursor) => cursor.u64(),
  11: (cursor) => cursor.number(8, (view, at) => view.getBigInt64(at, true)),
  12: (cursor) => cursor.number(8, (view, at) => view.getFloat64(at, true)),
};

/** A place in the file that moves on as it is read. */
interface Cursor {
  readonly place: () => number;
  readonly skip: (bytes: number) => void;
  readonly number: <N>(width: number, read: (view: DataView, at: number) => N) => N;
  readonly u32: () => number;
  readonly u64: () => bigint;
  /** A number of things, checked against what is possible. */
  readonly count: (most?: number) => number;
  readonly text: () => string;
}

function cursorOf(bytes: Uint8Array): Cursor {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const utf8 = new TextDecoder();
  let at = 0;
  const skip = (width: number) => {
    if (at + width > bytes.length) {
      throw malformed("GGUF", `byte ${at}`, `${width} more bytes`, "the end of the file");
    }
    at += width;
  };
  const number = <N>(width: number, read: (view: DataView, at: number) => N) => {
    skip(width);
    return read(view, at - width);
  };
  const u64 = () => number(8, (view, at) => view.getBigUint64(at, true));
  const count = (most = MOST) => {
    const found = u64();
    if (found > most) throw malformed("GGUF", `byte ${at - 8}`, `a number up to ${most}`, `${found}`);
    return Number(found);
  };
  return {
    place: () => at,
    skip,
    number,
    u32: () => number(4, (view, at) => view.getUint32(at, true)),
    u64,
    count,
    text: () => {
      const length = count(2 ** 24);
      skip(length);
      return utf8.decode(bytes.subarray(at - length, at));
    },
  };
}
