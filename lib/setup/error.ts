/**
 * What goes wrong while something from outside is fetched or built.
 *
 * @module
 */
import * as Effect from "effect/Effect";
import * as Schema from "effect/Schema";

/** Something could not be fetched or built: what was wrong and where, and the line that mends it. */
export class SetupError extends Schema.TaggedError<SetupError>()("SetupError", {
  message: Schema.String,
  remedy: Schema.String,
}) {}

/**
 * Does file work in a folder. What the system refuses (no space, no permission, a read-only disk) becomes a
 * {@linkcode SetupError} that names the folder; the work's own `SetupError`s pass through.
 */
export function inFolder<A>(
  folder: string,
  work: (signal: AbortSignal) => Promise<A> | A,
): Effect.Effect<A, SetupError> {
  return Effect.tryPromise({
    try: async (signal) => await work(signal),
    catch: (error) => error instanceof SetupError ? error : refused(folder, error),
  });
}

function refused(folder: string, error: unknown): SetupError {
  const { code, message } = error as { code?: string; message?: string };
  if (code === "ENOSPC" || code === "EDQUOT") {
    return new SetupError({
      message: `The disk that holds ${folder} is full.`,
      remedy: "Free some space, or set XDG_CACHE_HOME to a folder on another disk.",
    });
  }
  if (code === "EACCES" || code === "EPERM" || code === "EROFS") {
    return new SetupError({
      message: `${folder} cannot be written (${message}).`,
      remedy: "Set XDG_CACHE_HOME to a folder that you may write.",
    });
  }
  return new SetupError({
    message: `Work in ${folder} failed: ${message ?? String(error)}.`,
    remedy: "Run again; if it stays, remove that folder first.",
  });
}
