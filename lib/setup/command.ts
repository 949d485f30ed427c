/**
 * Runs the programs that set-up leans on: pip, npm, apt-get, the C++ compiler.
 *
 * @module
 */
import * as Effect from "effect/Effect";
import { delimiter, join } from "node:path";
import { SetupError } from "./error.ts";

/** A program to run, and what to tell people when it is missing or fails. */
export interface Command {
  /** Its name on the PATH. */
  readonly program: string;
  /** Its arguments. */
  readonly args: readonly string[];
  /** Where it runs. */
  readonly cwd?: string;
  /** Variables added to its environment. */
  readonly env?: Readonly<Record<string, string>>;
  /** What installs it: `Install npm: sudo apt-get install npm.` */
  readonly install: string;
  /** What failed and what to do, given everything it printed. */
  readonly failed: (printed: string) => { readonly message: string; readonly remedy: string };
}

/** Runs a program to its end and gives its standard output. Interruption ends the program. */
export function run(command: Command): Effect.Effect<string, SetupError> {
  const { program, args, cwd, env = {} } = command;
  return Effect.tryPromise({
    try: async (signal) => {
      const child = new Deno.Command(program, {
        args: [...args],
        ...(cwd === undefined ? {} : { cwd }),
        env: { ...env },
        stdin: "null",
        signal,
      });
      const { success, stdout, stderr } = await child.output();
      const [out, err] = [stdout, stderr].map((bytes) => new TextDecoder().decode(bytes)) as [string, string];
      if (!success) throw new SetupError(command.failed(`${out}\n${err}`));
      return out;
    },
    catch: (error) => {
      if (error instanceof SetupError) return error;
      if (error instanceof Deno.errors.NotFound) return missing(program, command.install);
      return new SetupError({ message: `${program} does not start (${error}).`, remedy: command.install });
    },
  });
}

/** Fails, in the same words as {@linkcode run}, when a program is not on the PATH. */
export function need(program: string, install: string): Effect.Effect<void, SetupError> {
  return Effect.suspend(() =>
    onPath(program) === undefined ? Effect.fail(missing(program, install)) : Effect.void
  );
}

/** Where a program lies on the PATH, if it does. */
export function onPath(program: string): string | undefined {
  const folders = (Deno.env.get("PATH") ?? "").split(delimiter).filter((folder) => folder !== "");
  return folders.map((folder) => join(folder, program)).find(isExecutable);
}

/** The last line of a program's output that says something: where most of them put the reason. */
export function lastLine(printed: string): string {
  return printed.split("\n").map((line) => line.trim()).filter((line) => line !== "").at(-1) ??
    "it said nothing";
}

function missing(program: string, install: string): SetupError {
  return new SetupError({ message: `${program} is needed and is not on the PATH.`, remedy: install });
}

function isExecutable(path: string): boolean {
  try {
    const { isFile, mode } = Deno.statSync(path);
    return isFile && ((mode ?? 0o111) & 0o111) !== 0;
  } catch {
    return false;
  }
}
