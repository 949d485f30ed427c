/**
 * Random draws as functions of a seed: no state, so nothing depends on the order in which they are made.
 *
 * @module
 */
import { philox } from "./philox.ts";

/** Which random numbers: equal keys give equal draws, on every machine; keys that differ give independent ones. */
export interface RandomKey {
  /** The seed: a whole number of at most 53 bits. */
  readonly seed: number;
  /** What they are for: `label-noise`, `batches`. */
  readonly stream: string;
  /** Which time, when a stream is drawn from repeatedly: the epoch, the step. 0 unless given; below 2^32. */
  readonly step?: number;
}

/**
 * Draws uniform numbers in [0, 1), each a multiple of 2^-53.
 *
 * @example Usage
 * ```ts
 * import { uniform } from "./random.ts";
 * import { assertEquals } from "@std/assert";
 *
 * const key = { seed: 1, stream: "example" };
 * assertEquals(uniform(key, 10).subarray(0, 3), uniform(key, 3));
 * ```
 *
 * @param key Which numbers.
 * @param count How many. Fewer are the beginning of more.
 */
export function uniform({ seed, stream, step = 0 }: RandomKey, count: number): Float64Array<ArrayBuffer> {
  const [streamHigh, streamLow] = hashOf(stream);
  const key = [seed | 0, Math.floor(seed / 2 ** 32) | 0] as const;
  const words = new Uint32Array(4);
  const draws = new Float64Array(count);
  for (let index = 0; index < count; index += 2) {
    philox([index / 2, step, streamLow, streamHigh], key, words);
    draws[index] = fraction(words[0]!, words[1]!);
    if (index + 1 < count) draws[index + 1] = fraction(words[2]!, words[3]!);
  }
  return draws;
}

/**
 * Draws standard normal numbers, by the transform of Box and Muller.
 *
 * @param key Which numbers.
 * @param count How many. Fewer are the beginning of more.
 */
export function normal(key: RandomKey, count: number): Float64Array<ArrayBuffer> {
  const draws = uniform(key, count + (count & 1));
  for (let index = 0; index < draws.length; index += 2) {
    const radius = Math.sqrt(-2 * Math.log(1 - draws[index]!));
    const angle = 2 * Math.PI * draws[index + 1]!;
    draws[index] = radius * Math.cos(angle);
    draws[index + 1] = radius * Math.sin(angle);
  }
  return draws.subarray(0, count);
}

/**
 * Draws whole numbers from 0 to `bound` - 1. Each is as likely as the others to within `bound` · 2^-53.
 *
 * @param key Which numbers.
 * @param count How many. Fewer are the beginning of more.
 * @param bound How many there are to choose from: at most 2^31.
 */
export function integers(key: RandomKey, count: number, bound: number): Int32Array<ArrayBuffer> {
  // An array of 32-bit numbers cuts off fractions.
  return new Int32Array(uniform(key, count).map((draw) => draw * bound));
}

/**
 * Draws an order of the numbers from 0 to `count` - 1, by the shuffle of Fisher and Yates.
 *
 * @example Usage
 * ```ts
 * import { permutation } from "./random.ts";
 * import { assertEquals } from "@std/assert";
 *
 * const order = permutation({ seed: 1, stream: "batches", step: 0 }, 5);
 * assertEquals([...order].sort(), [0, 1, 2, 3, 4]);
 * ```
 *
 * @param key Which order.
 * @param count Of how many.
 */
export function permutation(key: RandomKey, count: number): Int32Array<ArrayBuffer> {
  const draws = uniform(key, count);
  const order = Int32Array.from({ length: count }, (_, index) => index);
  for (let last = count - 1; last > 0; last -= 1) {
    const other = Math.floor(draws[last]! * (last + 1));
    const kept = order[last]!;
    order[last] = order[other]!;
    order[other] = kept;
  }
  return order;
}

/** 53 bits of two words as a number in [0, 1). */
function fraction(high: number, low: number): number {
  return ((high >>> 5) * 2 ** 26 + (low >>> 6)) / 2 ** 53;
}

/** The 64-bit FNV-1a hash of a name, as two words. */
function hashOf(name: string): readonly [number, number] {
  let hash = 0xcbf29ce484222325n;
  for (const byte of new TextEncoder().encode(name)) {
    hash = BigInt.asUintN(64, (hash ^ BigInt(byte)) * 0x100000001b3n);
  }
  return [Number(hash >> 32n) | 0, Number(hash & 0xffff_ffffn) | 0];
}
