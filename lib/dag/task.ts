/**
 * Tasks: typed, reusable steps. Calling one makes a node; nothing runs.
 *
 * @module
 */
import type * as Effect from "effect/Effect";
import type * as Schema from "effect/Schema";
import type { Kind, Many } from "./kind.ts";
import { type Node, node } from "./node.ts";
import type { Running } from "./running.ts";

/** What a task takes: kinds, or lists of a kind, by name. */
export type Inputs = Readonly<Record<string, Kind<string, unknown> | Many<Kind<string, unknown>>>>;

/** The value that an artifact of a kind holds. */
export type Value<K> = K extends Kind<string, infer V> ? V : never;

/** The values that a task's `run` sees. */
export type Values<I extends Inputs> = {
  readonly [Name in keyof I]: I[Name] extends Many<infer K> ? readonly Value<K>[] : Value<I[Name]>;
};

/** The nodes that a call wires in. */
export type Wires<I extends Inputs> = {
  readonly [Name in keyof I]: I[Name] extends Many<infer K> ? readonly Node<K>[]
    : I[Name] extends Kind ? Node<I[Name]>
    : never;
};

/** What a node takes of the machine while it runs. */
export interface Resources {
  /** Cores. A task that computes on one thread takes one. */
  readonly cores?: number;
  /** Memory in MiB. */
  readonly memory?: number;
  /** Graphics processors; each node is told which. */
  readonly gpu?: number;
}

/** How a task is declared. */
export interface TaskSpec<P, I extends Inputs, K extends Kind> {
  /** The task's name, in words joined by hyphens. */
  readonly name: string;
  /** What it does, in one line. */
  readonly about?: string;
  /** The parameters; their encoded form goes into the key. */
  readonly params: Schema.Codec<P, unknown>;
  /** The kinds it takes. */
  readonly inputs: I;
  /** The kind it makes. */
  readonly output: K;
  /** The capabilities it needs, by name, or from the parameters. */
  readonly uses?: readonly string[] | ((params: P) => readonly string[]);
  /** Environment variables it may read. Their values go into the key. */
  readonly env?: readonly string[];
  /** Files and folders it may read, as paths or from the parameters. Their content goes into the key. */
  readonly files?: readonly string[] | ((params: P) => readonly string[]);
  /** What it takes of the machine. */
  readonly resources?: Resources;
  /**
   * Set on a task of milliseconds: it runs inside the scheduler, unless its code reaches for the system or it has a
   * timeout.
   */
  readonly light?: boolean;
  /** How often to try again after a failure. */
  readonly retry?: number;
  /** Seconds after which it is stopped. */
  readonly timeout?: number;
  /** What it may touch beyond its inputs, its code and its capabilities. */
  readonly permissions?: {
    readonly read?: readonly string[];
    readonly sys?: readonly string[];
    readonly net?: readonly string[];
  };
  /** Makes the value from parameters and inputs. */
  readonly run: (work: { readonly params: P; readonly inputs: Values<I> }) => Effect.Effect<
    Value<K>,
    unknown,
    Running
  >;
}

/** Where a task is declared. */
export interface TaskOrigin {
  /** The URL of the module that calls {@linkcode task}. */
  readonly module: string;
}

/** A task: call it with parameters and nodes to get a node. */
// deno-lint-ignore no-explicit-any
export interface Task<P = any, I extends Inputs = Inputs, K extends Kind = Kind> {
  /** Makes a node. Throws a `ParameterError` on parameters that the schema refuses. */
  (params: P, wires: Wires<I>): Node<K>;
  /** The declaration. */
  readonly spec: TaskSpec<P, I, K>;
  /** Where it stands. */
  readonly origin: TaskOrigin;
}

/**
 * Declares a task. It must be the value of a module-level export, for its code to be hashed.
 *
 * @example Usage
 * ```ts
 * import * as Effect from "effect/Effect";
 * import * as Schema from "effect/Schema";
 * import { kind } from "./kind.ts";
 * import { task } from "./task.ts";
 *
 * const Count = kind<"count", number>("count", {
 *   encode: (value) => ({ "count.txt": new TextEncoder().encode(String(value)) }),
 *   decode: (parts) => Number(new TextDecoder().decode(parts["count.txt"])),
 * });
 *
 * export const add = task({
 *   name: "add",
 *   params: Schema.Struct({ amount: Schema.Finite }),
 *   inputs: { to: Count },
 *   output: Count,
 *   run: ({ params, inputs }) => Effect.succeed(inputs.to + params.amount),
 * });
 * ```
 */
export function task<P, const I extends Inputs, K extends Kind>(spec: TaskSpec<P, I, K>): Task<P, I, K> {
  const made: Task<P, I, K> = Object.assign(
    (params: P, wires: Wires<I>) =>
      node(made as unknown as Task, params, wires as never) as unknown as Node<K>,
    { spec, origin: { module: callerModule() } },
  );
  return made;
}

/** The URL of the module that called the caller, read off the stack: no task has to say where it stands. */
function callerModule(): string {
  const lines = new Error().stack?.split("\n").slice(3) ?? [];
  const url = lines[0]?.match(/((?:file|data|blob|https?):.*?)(?::\d+)?(?::\d+)?\)?$/)?.[1];
  return url ?? "unknown:";
}
