/**
 * Selecting nodes by what a user calls them: a label, a task's name, the beginning of an address.
 *
 * @module
 */
import * as Effect from "effect/Effect";
import { label, type Node } from "../dag/node.ts";
import { UsageError } from "./errors.ts";
import { unknown } from "./suggest.ts";

/**
 * Which nodes some references mean. `all` means every node.
 *
 * @returns A test for a node; undefined where nothing was asked for.
 */
export function selectNodes(
  references: readonly string[],
  nodes: readonly Node[],
): Effect.Effect<((node: Node) => boolean) | undefined, UsageError> {
  return Effect.gen(function* () {
    if (references.length === 0) return undefined;
    const selected = new Set<string>();
    for (const reference of references) {
      const meant = nodes.filter((node) => reference === "all" || isMeant(reference, node));
      if (meant.length === 0) {
        const tasks = [...new Set(nodes.map((node) => node.task.spec.name))];
        const names = [...tasks, ...nodes.map(label)];
        return yield* new UsageError({ message: unknown("node", reference, names, tasks) });
      }
      for (const node of meant) selected.add(node.address);
    }
    return (node: Node) => selected.has(node.address);
  });
}

function isMeant(reference: string, node: Node): boolean {
  return node.task.spec.name === reference || label(node) === reference ||
    /^[0-9a-f]{6,}$/.test(reference) && node.address.startsWith(reference);
}
