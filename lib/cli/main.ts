/**
 * The entry of the command line: runs one command, and ends with its exit code.
 *
 * @module
 */
import * as Cause from "effect/Cause";
import * as Effect from "effect/Effect";
import * as Exit from "effect/Exit";
import * as Fiber from "effect/Fiber";
import { runCommand } from "./assay.ts";
import { EXIT, exitCodeOf } from "./errors.ts";
import { sentence } from "../sentence.ts";
import { screenOf } from "./paint.ts";

/** Runs a command to its end. The first Ctrl-C stops it in good order, a second one at once. */
async function main(args: readonly string[]): Promise<number> {
  const fiber = Effect.runFork(runCommand(args));
  let asked = false;
  const stop = () => {
    if (asked) Deno.exit(EXIT.interrupted);
    asked = true;
    fiber.interruptUnsafe();
  };
  for (const signal of ["SIGINT", "SIGTERM"] as const) Deno.addSignalListener(signal, stop);
  const exit = await Effect.runPromise(Fiber.await(fiber));
  if (Exit.isSuccess(exit)) return EXIT.done;
  if (asked || Cause.hasInterruptsOnly(exit.cause)) {
    console.error("Interrupted. What had ended is kept; run the same again to go on.");
    return EXIT.interrupted;
  }
  tell(exit.cause);
  return exitCodeOf(Cause.squash(exit.cause));
}

/** Tells why a command failed: one sentence and what to do; for a fault of Assay's own, where it arose. */
function tell(cause: Cause.Cause<unknown>): void {
  const { paint } = screenOf("stderr");
  const error = Cause.squash(cause);
  const tag = (error as { readonly _tag?: unknown })._tag;
  if (tag === "ShowHelp" || tag === "Unsuccessful") return; // told already
  if (Cause.hasDies(cause) || typeof tag !== "string") {
    console.error(paint.red("Something went wrong inside Assay:"));
    console.error(Cause.pretty(cause));
    return;
  }
  const { message, remedy } = error as { readonly message: string; readonly remedy?: string };
  console.error(paint.red(sentence(message)));
  if (remedy !== undefined && remedy !== "") console.error(`  ${sentence(remedy)}`);
}

if (import.meta.main) Deno.exit(await main(Deno.args));
