/**
 * Nodes: a task applied to parameters and to other nodes.
 *
 * @module
 */
import { inspect } from "node:util";
import * as Exit from "effect/Exit";
import * as Schema from "effect/Schema";
import type { Json } from "./canonical.ts";
import { recordHash } from "./digest.ts";
import { ParameterError } from "./errors.ts";
import type { Kind } from "./kind.ts";
import type { Task } from "./task.ts";

/** A task applied to parameters and other nodes. Nothing has run. */
export interface Node<out K extends Kind = Kind> {
  /** The task. */
  readonly task: Task;
  /** The kind of what it makes. */
  readonly kind: K;
  /** The parameters in encoded form: what is hashed. */
  readonly params: Json;
  /** The nodes wired in, by input name. */
  readonly inputs: Readonly<Record<string, Node | readonly Node[]>>;
  /**
   * The node's place in the graph: a hash of the task's name, the parameters and the addresses of the inputs. Two
   * calls with the same arguments make one node.
   */
  readonly address: string;
}

/** Values of `--set task.param=value`, by task name. */
export type Overrides = Readonly<Record<string, Readonly<Record<string, Json>>>>;

let overrides: Overrides = {};

/** Builds nodes with parameters replaced, as `--set` asks. `build` must not be asynchronous. */
export function withOverrides<A>(replaced: Overrides, build: () => A): A {
  const before = overrides;
  overrides = replaced;
  try {
    return build();
  } finally {
    overrides = before;
  }
}

/**
 * Makes a node. Tasks call this; use the task.
 *
 * @throws {ParameterError} When the task's schema refuses the parameters.
 */
export function node(task: Task, params: unknown, inputs: Node["inputs"]): Node {
  const { name, params: schema, output } = task.spec;
  const replaced = overrides[name];
  const given = replaced === undefined ? params : { ...(params as object), ...replaced };
  const exit = Schema.encodeUnknownExit(Schema.toCodecJson(schema), {
    errors: "all",
    onExcessProperty: "error",
  })(given);
  if (Exit.isFailure(exit)) {
    throw new ParameterError({ task: name, message: `task ${name}: ${reasons(exit, given)}` });
  }
  const encoded = exit.value as Json;
  const address = recordHash("assay-address-1", {
    task: name,
    params: encoded,
    inputs: Object.fromEntries(
      Object.entries(inputs).map((
        [key, wired],
      ) => [key, isMany(wired) ? wired.map(addressOf) : wired.address]),
    ),
  });
  return { task, kind: output, params: encoded, inputs, address };
}

/** A node's name for people: `label-noise-3fa2c1`. */
export function label(node: { readonly task: Task; readonly address: string }): string {
  return `${node.task.spec.name}-${node.address.slice(0, 6)}`;
}

/** The nodes wired into a node, in order. */
export function dependencies(node: Node): readonly Node[] {
  return Object.values(node.inputs).flatMap((wired) => isMany(wired) ? [...wired] : [wired]);
}

/** Whether an input takes a list. */
export function isMany(wired: Node | readonly Node[]): wired is readonly Node[] {
  return Array.isArray(wired);
}

function addressOf(node: Node): string {
  return node.address;
}

/** The schema's complaints, each with the path and with what came. */
function reasons(exit: Exit.Failure<unknown, Schema.SchemaError>, given: unknown): string {
  const text = exit.cause.reasons
    .map((reason) => "error" in reason ? String((reason.error as Error).message) : String(reason))
    .join("\n");
  return text.replaceAll(/\n\s+at /g, " at ").split("\n").map((line) => {
    const path = [...(line.match(/ at ((?:\[[^\]]+\])+)$/)?.[1] ?? "").matchAll(/\[([^\]]+)\]/g)];
    const keys = path.map(([, key]) => JSON.parse(key!) as string | number);
    const got = keys.reduce<unknown>(
      (value, key) => (value as Record<string, unknown> | undefined)?.[key],
      given,
    );
    const where = keys.length === 0 ? "" : `${keys.join(".")}: `;
    const what = line.replace(/ at \[.*$/, "");
    if (what === "Expected no excess property") return `${where}there is no such parameter`;
    return `${where}${what}, got ${inspect(got, { breakLength: Infinity })}`;
  }).join("; ");
}
