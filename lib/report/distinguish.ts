/**
 * Telling nodes of one task apart by what differs between them: `tost, seed 2`.
 *
 * @module
 */
import type { Json } from "../dag/canonical.ts";

/** As much of a node as its description needs; a run's record of a node is one. */
export interface Described {
  /** The node's place in its graph. */
  readonly address: string;
  /** Its task's name. */
  readonly task: string;
  /** Its parameters, encoded. */
  readonly params: unknown;
  /** The nodes wired into it. */
  readonly inputs: readonly { readonly address: string }[];
}

/** Parameter values by task and path, of a node and of all that lead to it. Undefined where they disagree. */
type Facts = ReadonlyMap<string, Json | undefined>;

/**
 * Describes nodes by the parameters, their own and those of the nodes before them, in which the nodes of one task
 * differ. A task's only node needs no description, and gets an empty one.
 *
 * @param nodes The nodes, every node after the ones wired into it.
 * @returns Descriptions by address.
 *
 * @example Usage
 * ```ts
 * import { distinguish } from "./distinguish.ts";
 * import { assertEquals } from "@std/assert";
 *
 * const train = (seed: number) => ({ address: `t${seed}`, task: "train", params: { net: "tost", seed }, inputs: [] });
 * const test = { address: "e", task: "accuracy", params: {}, inputs: [{ address: "t1" }] };
 * assertEquals(
 *   distinguish([train(1), train(2), test]),
 *   new Map([["t1", "seed 1"], ["t2", "seed 2"], ["e", ""]]),
 * );
 * ```
 */
export function distinguish(nodes: readonly Described[]): ReadonlyMap<string, string> {
  const facts = new Map<string, Facts>();
  for (const node of nodes) facts.set(node.address, factsOf(node, facts));
  const differing = new Map(
    [...Map.groupBy(nodes, (node) => node.task)].map((
      [task, alike],
    ) => [task, differences(alike.map((node) => facts.get(node.address)!))]),
  );
  return new Map(
    nodes.map((node) => [node.address, describe(facts.get(node.address)!, differing.get(node.task)!)]),
  );
}

/** The paths at which some facts have different values. */
function differences(all: readonly Facts[]): ReadonlySet<string> {
  const paths = new Set(all.flatMap((facts) => [...facts.keys()]));
  return new Set([...paths].filter((path) => all.some((facts) => facts.get(path) !== all[0]!.get(path))));
}

function factsOf(node: Described, before: ReadonlyMap<string, Facts>): Facts {
  const facts = new Map<string, Json | undefined>();
  for (const { address } of node.inputs) {
    for (const [path, value] of before.get(address) ?? []) {
      const agrees = !facts.has(path) || facts.get(path) === value;
      facts.set(path, agrees ? value : undefined);
    }
  }
  for (const [path, value] of leaves(node.params as Json, node.task)) facts.set(path, value);
  return facts;
}

function leaves(value: Json | undefined, path: string): readonly (readonly [string, Json])[] {
  if (value === undefined || value === null) return [];
  if (typeof value !== "object") return [[path, value]];
  if (Array.isArray(value)) return [[path, JSON.stringify(value)]];
  return Object.entries(value).flatMap(([key, part]) => leaves(part, `${path}.${key}`));
}

function describe(own: Facts, differing: ReadonlySet<string>): string {
  const words = [...own].flatMap(([path, value]) =>
    value === undefined || !differing.has(path) ? [] : [phrase(path.split(".").at(-1)!, value)]
  );
  return [...new Set(words)].join(", ");
}

function phrase(name: string, value: Json): string {
  if (value === true) return name;
  if (value === false) return `no ${name}`;
  return typeof value === "string" && !value.startsWith("[") ? value : `${name} ${value}`;
}
