/**
 * How a command can end other than well, and the exit code that says so.
 *
 * @module
 */
import * as Schema from "effect/Schema";

/** What a command's process returns. */
export const EXIT = { done: 0, failed: 1, usage: 2, interrupted: 130 } as const;

/** The command was called wrongly: one sentence on what is wrong and what would be right. */
export class UsageError extends Schema.TaggedError<UsageError>()("UsageError", {
  message: Schema.String,
  remedy: Schema.optionalKey(Schema.String),
}) {}

/** The command did its work and what it found is not well, as it has said: a node failed, an object is corrupt. */
export class Unsuccessful extends Schema.TaggedError<Unsuccessful>()("Unsuccessful", {}) {}

/** The exit code for an error. */
export function exitCodeOf(error: unknown): number {
  const tag = (error as { readonly _tag?: unknown })?._tag;
  return tag === "UsageError" || tag === "ShowHelp" || tag === "ParameterError" ? EXIT.usage : EXIT.failed;
}
