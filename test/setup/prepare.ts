/**
 * Prepares a capability in a process of its own, whose variables a test chooses; prints each new thing that is done, and
 * how it ended, as JSON lines. Run as a program by {@linkcode prepareWith}.
 */
import * as Effect from "effect/Effect";
import { capabilities } from "../../lib/capabilities.ts";

/** How a preparation ended. */
export interface Ended {
  /** What was done, in order. */
  readonly doing: readonly string[];
  /** The error's sentence; absent after a success. */
  readonly message?: string;
  /** The error's remedy. */
  readonly remedy?: string;
  /** What was prepared. */
  readonly value?: unknown;
}

/** Prepares a capability in a process with exactly these variables, and HOME. */
export async function prepareWith(capability: string, env: Readonly<Record<string, string>>): Promise<Ended> {
  const { stdout, stderr, success } = await new Deno.Command(Deno.execPath(), {
    args: ["run", "-A", "--no-check", import.meta.url, capability],
    clearEnv: true,
    env: { HOME: Deno.env.get("HOME")!, DENO_DIR: await denoDir(), ...env },
  }).output();
  if (!success) throw new Error(new TextDecoder().decode(stderr));
  return JSON.parse(new TextDecoder().decode(stdout));
}

/** Where this Deno keeps its packages: a process without our variables might look elsewhere. */
export async function denoDir(): Promise<string> {
  const { stdout } = await new Deno.Command(Deno.execPath(), { args: ["info", "--json"] }).output();
  return JSON.parse(new TextDecoder().decode(stdout)).denoDir;
}

if (import.meta.main) {
  const doing: string[] = [];
  const ended = await Effect.runPromise(
    capabilities[Deno.args[0]!]!.prepare((progress) => {
      if (doing.at(-1) !== progress.doing) doing.push(progress.doing);
    }).pipe(
      Effect.map(({ value }) => ({ value })),
      Effect.catch(({ message, remedy }) => Effect.succeed({ message, remedy })),
    ),
  );
  console.log(JSON.stringify({ doing, ...ended } satisfies Ended));
}
