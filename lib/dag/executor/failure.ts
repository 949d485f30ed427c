/**
 * Failures: what a task threw, as one sentence.
 *
 * @module
 */
import * as Schema from "effect/Schema";

/** A task's failure, in a form that crosses a process boundary. */
export class Failure extends Schema.TaggedError<Failure>()("Failure", {
  reason: Schema.Literals(["failed", "undeclared"]),
  message: Schema.String,
  remedy: Schema.optionalKey(Schema.String),
}) {}

/** Turns anything thrown into a failure. A refused permission becomes the declaration that would allow it. */
export function failureOf(thrown: unknown): Failure {
  if (thrown instanceof Failure) return thrown;
  if (!(thrown instanceof Error)) return new Failure({ reason: "failed", message: String(thrown) });
  if (thrown.name === "NotCapable" || thrown.cause instanceof Error && thrown.cause.name === "NotCapable") {
    return undeclared((thrown.name === "NotCapable" ? thrown : thrown.cause as Error).message);
  }
  const tag = "_tag" in thrown ? String(thrown._tag) : thrown.name;
  const remedy = "remedy" in thrown && typeof thrown.remedy === "string" ? thrown.remedy : undefined;
  return new Failure({
    reason: "failed",
    message: tag === "Error" ? thrown.message : `${tag}: ${thrown.message}`,
    ...(remedy === undefined ? {} : { remedy }),
  });
}

const REFUSALS: readonly (readonly [pattern: RegExp, does: string, declare: (what: string) => string])[] = [
  [/env access to "([^"]*)"/, "reads the environment variable", (name) => `add env: ["${name}"] to the task`],
  [
    /read access to "([^"]*)"/,
    "reads the file",
    (path) => `add files: ["${path}"] to the task, or make it an input`,
  ],
  [
    /write access to "([^"]*)"/,
    "writes the file",
    () => "return what it makes, or write under Running.scratch",
  ],
  [
    /net access to "([^"]*)"/,
    "connects to",
    () => "fetch data through a capability, which checks its checksum",
  ],
  [/run access to "([^"]*)"/, "runs the program", () => "do this in a capability"],
  [
    /sys access to "([^"]*)"/,
    "asks the system for",
    (kind) => `add permissions: { sys: ["${kind}"] } to the task`,
  ],
  [/ffi access to "([^"]*)"/, "loads the native library", () => "do this through a capability"],
];

function undeclared(message: string): Failure {
  for (const [pattern, does, declare] of REFUSALS) {
    const what = message.match(pattern)?.[1];
    if (what !== undefined) {
      return new Failure({
        reason: "undeclared",
        message: `it ${does} ${what}, which it does not declare`,
        remedy: declare(what),
      });
    }
  }
  return new Failure({
    reason: "undeclared",
    message: `it needs what it does not declare: ${message.split(", run again")[0]}`,
    remedy: "declare it on the task: env, files or permissions",
  });
}
