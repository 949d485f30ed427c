/**
 * Lineage: what a node was made from, and what was made from it.
 *
 * @module
 */
import type { NodeRecord } from "./record.ts";
import type { Store } from "./store.ts";

/** One artifact that went from one execution into another. */
export interface LineageEdge {
  /** The key of the node that made it. */
  readonly from: string;
  /** The key of the node that took it. */
  readonly to: string;
  /** Under which input. */
  readonly input: string;
}

/** A part of the graph of executions. */
export interface Lineage {
  /** The key that was asked for. */
  readonly root: string;
  /** The executions by key, the nearest first; undefined for one whose record is gone. */
  readonly nodes: ReadonlyMap<string, NodeRecord | undefined>;
  /** What went from where to where, once each. */
  readonly edges: readonly LineageEdge[];
}

/**
 * Everything that a node was made from, over any number of steps.
 *
 * @param store The store.
 * @param key The node's key.
 * @returns The nodes, each once however many ways lead to it, so that the work is linear in their number.
 */
export function ancestors(store: Store, key: string): Lineage {
  return walk(store, key, (record) =>
    record.inputs.map((wired) => ({
      next: wired.key,
      edge: { from: wired.key, to: record.key, input: wired.input },
    })));
}

/**
 * Everything that was made from a node, over any number of steps. A node that was spared a run because this one made
 * the same bytes as before counts too.
 *
 * @param store The store.
 * @param key The node's key.
 * @returns The nodes, each once.
 */
export function descendants(store: Store, key: string): Lineage {
  return walk(
    store,
    key,
    (record) =>
      store.ledger.consumersOf(record.key).flatMap((consumer) =>
        (store.readNode(consumer)?.inputs ?? [])
          .filter((wired) =>
            wired.key === record.key ||
            (wired.address === record.address && wired.digest === record.output.digest)
          )
          .map((wired) => ({ next: consumer, edge: { from: record.key, to: consumer, input: wired.input } }))
      ),
  );
}

/** Breadth first, each node once. */
function walk(
  store: Store,
  root: string,
  steps: (record: NodeRecord) => readonly { readonly next: string; readonly edge: LineageEdge }[],
): Lineage {
  const nodes = new Map([[root, store.readNode(root)]]);
  const edges: LineageEdge[] = [];
  // A map's iteration also visits what is added meanwhile.
  for (const record of nodes.values()) {
    if (record === undefined) continue;
    for (const { next, edge } of steps(record)) {
      edges.push(edge);
      if (!nodes.has(next)) nodes.set(next, store.readNode(next));
    }
  }
  return { root, nodes, edges };
}
