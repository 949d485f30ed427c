/**
 * A writer of protocol buffers: the wire format alone, without schemas.
 *
 * @module
 */

/** Writes one message, field by field. Field numbers come from the message's `.proto`. */
export interface MessageWriter {
  /** An `int32`, `int64`, `bool` or `enum` field. */
  int(field: number, value: number): void;
  /** A `float` field. */
  float(field: number, value: number): void;
  /** A `string` field. */
  string(field: number, value: string): void;
  /** A `bytes` field. */
  bytes(field: number, value: Uint8Array): void;
  /** A field that is itself a message. */
  message(field: number, write: (message: MessageWriter) => void): void;
}

const utf8 = new TextEncoder();

/**
 * Encodes a message.
 *
 * @example Usage
 * ```ts
 * import { encodeMessage } from "./protobuf.ts";
 * import { assertEquals } from "@std/assert";
 *
 * // The examples of https://protobuf.dev/programming-guides/encoding: a = 150, b = "testing".
 * assertEquals(encodeMessage((m) => m.int(1, 150)), new Uint8Array([0x08, 0x96, 0x01]));
 * assertEquals(encodeMessage((m) => m.string(2, "testing")).subarray(0, 2), new Uint8Array([0x12, 0x07]));
 * ```
 */
export function encodeMessage(write: (message: MessageWriter) => void): Uint8Array {
  const chunks: Uint8Array[] = [];
  const tag = (field: number, wireType: number) => chunks.push(varint(field << 3 | wireType));
  const bytes = (field: number, value: Uint8Array) => {
    tag(field, 2);
    chunks.push(varint(value.length), value);
  };
  write({
    int: (field, value) => {
      tag(field, 0);
      chunks.push(varint(value));
    },
    float: (field, value) => {
      tag(field, 5);
      const four = new Uint8Array(4);
      new DataView(four.buffer).setFloat32(0, value, true);
      chunks.push(four);
    },
    string: (field, value) => bytes(field, utf8.encode(value)),
    bytes,
    message: (field, inner) => bytes(field, encodeMessage(inner)),
  });
  return concatenate(chunks);
}

/** Seven bits a byte, the lowest first; negative numbers as their 64-bit two's complement. */
function varint(value: number): Uint8Array {
  const out: number[] = [];
  let rest = BigInt.asUintN(64, BigInt(value));
  while (rest > 127n) {
    out.push(Number(rest & 127n) | 128);
    rest >>= 7n;
  }
  out.push(Number(rest));
  return Uint8Array.from(out);
}

function concatenate(chunks: readonly Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(chunks.reduce((length, chunk) => length + chunk.length, 0));
  let at = 0;
  for (const chunk of chunks) {
    whole.set(chunk, at);
    at += chunk.length;
  }
  return whole;
}
