/** Ways to damage bytes, for readers that must refuse or survive them. */
import { assert } from "@std/assert";
import { FormatError } from "../../../lib/data/formats/format_error.ts";
import { integers } from "../../../lib/data/random.ts";

/** Every proper prefix. */
export function* truncations(bytes: Uint8Array): Generator<readonly [string, Uint8Array]> {
  for (let length = 0; length < bytes.length; length += 1) {
    yield [`the first ${length} of ${bytes.length} bytes`, bytes.subarray(0, length)];
  }
}

/** The bytes with one of them inverted, set to zero, set to 255, or with one bit flipped. */
export function* damages(bytes: Uint8Array, end = bytes.length): Generator<readonly [string, Uint8Array]> {
  for (let place = 0; place < end; place += 1) {
    const byte = bytes[place]!;
    const values = [~byte & 0xff, 0, 0xff, 0x7f, ...[1, 2, 4, 8, 16, 32, 64, 128].map((bit) => byte ^ bit)];
    for (const value of new Set(values)) {
      if (value === byte) continue;
      const damaged = bytes.slice();
      damaged[place] = value;
      yield [`byte ${place} set to ${value}`, damaged];
    }
  }
}

/** The bytes with from one to eight of them replaced, at random. */
export function* scrambles(bytes: Uint8Array, count: number): Generator<readonly [string, Uint8Array]> {
  for (let step = 0; step < count; step += 1) {
    const places = integers({ seed: 0, stream: "places", step }, 1 + step % 8, bytes.length);
    const values = integers({ seed: 0, stream: "values", step }, places.length, 256);
    const scrambled = bytes.slice();
    places.forEach((place, index) => scrambled[place] = values[index]!);
    yield [`bytes ${places} set to ${values}`, scrambled];
  }
}

/** Runs a reader on damaged bytes: it may read them or refuse them with a FormatError, and nothing else. */
export function readOrRefuse<A>(what: string, read: () => A): A | FormatError {
  try {
    return read();
  } catch (error) {
    assert(error instanceof FormatError, `${what}: threw ${error}`);
    assert(/^Malformed .+ at .+: expected .+, found .+\.$/s.test(error.message), `${what}: ${error.message}`);
    assert(error.message.length < 400, `${what}: a message of ${error.message.length} characters`);
    return error;
  }
}
