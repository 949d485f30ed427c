/**
 * Priorities: how long the path is that still waits behind a node.
 *
 * @module
 */
import { dependencies, type Node } from "./node.ts";

/** What a node is taken to last, in seconds, when its task has never run. */
const GUESS = 1;

/**
 * The longest remaining path from each node, in seconds, the node itself included. Whoever starts the node of the
 * longest path first ends soonest, most of the time.
 *
 * @param nodes All nodes, every node after the ones wired into it.
 * @param meanSeconds How long a task took before, on average, by its name.
 * @returns The seconds, by address.
 */
export function remainingSeconds(
  nodes: readonly Node[],
  meanSeconds: (task: string) => number | undefined,
): ReadonlyMap<string, number> {
  const behind = new Map<string, number>();
  const remaining = new Map<string, number>();
  const known = new Map<string, number>();
  const secondsOf = (task: string) => {
    if (!known.has(task)) known.set(task, meanSeconds(task) ?? GUESS);
    return known.get(task)!;
  };
  for (const node of nodes.toReversed()) {
    const own = secondsOf(node.task.spec.name) + (behind.get(node.address) ?? 0);
    remaining.set(node.address, own);
    for (const input of dependencies(node)) {
      behind.set(input.address, Math.max(behind.get(input.address) ?? 0, own));
    }
  }
  return remaining;
}
