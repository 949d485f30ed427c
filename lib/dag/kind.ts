/**
 * Kinds: what an artifact can be, and how it becomes bytes and back.
 *
 * @module
 */

/** An artifact's bytes, by part name. Most kinds have one part. */
export type Parts = Readonly<Record<string, Uint8Array>>;

/**
 * A kind of artifact. Its name is part of its type, so that wiring one kind where another is wanted does not compile.
 *
 * `encode` must be deterministic: equal values give equal bytes, on every machine. `decode` throws on bytes that
 * `encode` could not have written, with one sentence that says what is wrong with them.
 */
export interface Kind<Name extends string = string, Value = unknown> {
  /** The kind's name: `dataset`, `checkpoint`, … */
  readonly name: Name;
  /** Turns a value into bytes. */
  encode(value: Value): Parts;
  /** Turns bytes back into a value. */
  decode(parts: Parts): Value;
}

/** An input that takes a list of artifacts of one kind. */
export interface Many<K extends Kind = Kind> {
  /** The kind of each element. */
  readonly many: K;
}

/**
 * Declares a kind of artifact.
 *
 * @example Usage
 * ```ts
 * import { kind } from "./kind.ts";
 *
 * const Count = kind<"count", number>("count", {
 *   encode: (value) => ({ "count.txt": new TextEncoder().encode(String(value)) }),
 *   decode: (parts) => Number(new TextDecoder().decode(parts["count.txt"])),
 * });
 * ```
 */
export function kind<const Name extends string, Value>(
  name: Name,
  codec: Pick<Kind<Name, Value>, "encode" | "decode">,
): Kind<Name, Value> {
  return { name, ...codec };
}

/** Marks an input as a list: `inputs: { runs: many(Metrics) }`. */
export function many<K extends Kind>(element: K): Many<K> {
  return { many: element };
}
