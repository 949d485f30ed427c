/**
 * The blocks in which GGUF keeps weights: 32 elements with a scale, and with an offset where they are not centred.
 *
 * @module
 */
import { malformed } from "./format_error.ts";

/** A type of blocks. */
interface BlockType {
  /** Elements of a block. */
  readonly elements: number;
  /** Its bytes. */
  readonly bytes: number;
  /** Writes a block's elements at a place of `into`. */
  readonly read: (view: DataView, block: number, into: Float32Array, place: number) => void;
}

const blockTypes: Readonly<Record<string, BlockType>> = {
  F32: {
    elements: 1,
    bytes: 4,
    read: (view, block, into, place) => {
      into[place] = view.getFloat32(block, true);
    },
  },
  F16: {
    elements: 1,
    bytes: 2,
    read: (view, block, into, place) => {
      into[place] = view.getFloat16(block, true);
    },
  },
  // A scale and an offset; then 16 bytes, whose lower halves are the first 16 elements and whose upper ones the others.
  Q4_1: {
    elements: 32,
    bytes: 20,
    read: (view, block, into, place) => {
      const [scale, offset] = [view.getFloat16(block, true), view.getFloat16(block + 2, true)];
      for (let pair = 0; pair < 16; pair++) {
        const byte = view.getUint8(block + 4 + pair);
        into[place + pair] = scale * (byte & 15) + offset;
        into[place + 16 + pair] = scale * (byte >> 4) + offset;
      }
    },
  },
  // A scale; then 32 whole numbers from -128 to 127.
  Q8_0: {
    elements: 32,
    bytes: 34,
    read: (view, block, into, place) => {
      const scale = view.getFloat16(block, true);
      for (let index = 0; index < 32; index++) into[place + index] = scale * view.getInt8(block + 2 + index);
    },
  },
};

/** Bytes of so many elements in blocks of a type; 0 for types that cannot be read, which `readBlocks` refuses. */
export function bytesOf(type: string, elements: number): number {
  const found = blockTypes[type];
  return found === undefined ? 0 : Math.ceil(elements / found.elements) * found.bytes;
}

/**
 * Reads blocks.
 *
 * @param type Their type's name.
 * @param bytes The blocks.
 * @param elements How many elements they hold.
 * @throws {FormatError} When the type is none of F32, F16, Q4_1 and Q8_0, or the elements do not fill whole blocks.
 */
export function readBlocks(type: string, bytes: Uint8Array, elements: number): Float32Array<ArrayBuffer> {
  const found = blockTypes[type];
  if (found === undefined) {
    throw malformed("GGUF", "a tensor's type", `one of ${Object.keys(blockTypes).join(", ")}`, type);
  }
  if (elements % found.elements !== 0) {
    throw malformed("GGUF", "a tensor's shape", `a multiple of ${found.elements} elements`, `${elements}`);
  }
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const into = new Float32Array(elements);
  for (let block = 0, place = 0; place < elements; block += found.bytes, place += found.elements) {
    found.read(view, block, into, place);
  }
  return into;
}
