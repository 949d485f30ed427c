/**
 * What is wrong with a file, said in one sentence.
 *
 * @module
 */
import * as Effect from "effect/Effect";
import * as Schema from "effect/Schema";

/** Bytes are not what their format says they should be: truncated, damaged, or lying about themselves. */
export class FormatError extends Schema.TaggedError<FormatError>()("FormatError", {
  /** The format: `IDX`, `safetensors`, … */
  format: Schema.String,
  /** Where in it: a byte, a field. */
  place: Schema.String,
  /** What should stand there. */
  expected: Schema.String,
  /** What stands there. */
  found: Schema.String,
  /** All of it as a sentence. */
  message: Schema.String,
}) {}

/**
 * Makes the error for malformed bytes.
 *
 * @example Usage
 * ```ts
 * import { malformed } from "./format_error.ts";
 * import { assertEquals } from "@std/assert";
 *
 * const error = malformed("IDX", "byte 0", "two zero bytes", "1f 8b");
 * assertEquals(error.message, "Malformed IDX at byte 0: expected two zero bytes, found 1f 8b.");
 * ```
 */
export function malformed(format: string, place: string, expected: string, found: string): FormatError {
  return new FormatError({
    format,
    place,
    expected,
    found,
    message: `Malformed ${format} at ${place}: expected ${expected}, found ${found}.`,
  });
}

/** Decodes as an effect: a {@linkcode FormatError} is its failure, anything else that is thrown a defect. */
export function decoding<A>(decode: () => A): Effect.Effect<A, FormatError> {
  return Effect.suspend(() => {
    try {
      return Effect.succeed(decode());
    } catch (error) {
      return error instanceof FormatError ? Effect.fail(error) : Effect.die(error);
    }
  });
}
