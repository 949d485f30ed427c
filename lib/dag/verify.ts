/**
 * Verifying: reads everything that a store holds and compares it with what it should be.
 *
 * @module
 */
import { canonicalJson } from "./canonical.ts";
import { collectedObjects } from "./gc.ts";
import type { NodeRecord } from "./record.ts";
import type { RecordFolder } from "./records.ts";
import type { Store } from "./store.ts";

/** An object in trouble, and the keys of the nodes that made it. */
export interface Fault {
  /** The object's name. */
  readonly digest: string;
  /** Keys of nodes; none for an object that holds code, or that no record names. */
  readonly producers: readonly string[];
}

/** What {@linkcode verify} found. */
export interface Verification {
  /** How much was read. */
  readonly checked: {
    readonly objects: number;
    readonly bytes: number;
    readonly nodes: number;
    readonly runs: number;
  };
  /** Objects whose content is not what their name says. */
  readonly corrupt: readonly Fault[];
  /** Objects that a node's record names and that are not there, though nobody freed them. */
  readonly missing: readonly Fault[];
  /** Records that are not whole, by folder and name. */
  readonly damaged: readonly { readonly folder: "nodes" | "runs"; readonly name: string }[];
  /** Keys under which the index holds another record than the file. */
  readonly misindexed: readonly string[];
  /** Objects that no record names; `gc` frees them. */
  readonly orphaned: readonly string[];
}

/** How to verify. */
export interface VerifyOptions {
  /**
   * Moves what is corrupt or damaged to `quarantine/`, and forgets the nodes whose output is incomplete, so that they
   * are made again. After it, the store verifies clean but for missing code, which costs no result, only the diff
   * that `why` shows.
   */
  readonly repair?: boolean;
  /** Told after each object. */
  readonly onProgress?: (objects: number, bytes: number) => void;
}

/** Checks every object and every record of a store, and repairs it when asked. */
export function verify(store: Store, options: VerifyOptions = {}): Verification {
  const { nodes, runs, damaged } = checkRecords(store);
  const { present, bytes, corrupt } = checkObjects(store, options.onProgress);

  const producers = new Map<string, string[]>();
  const bundles = new Set<string>();
  for (const node of nodes) {
    bundles.add(node.code.bundle);
    for (const { digest } of Object.values(node.output.parts)) {
      producers.set(digest, [...producers.get(digest) ?? [], node.key]);
    }
  }
  const fault = (digest: string): Fault => ({ digest, producers: producers.get(digest) ?? [] });
  const freed = collectedObjects(store);
  const verification: Verification = {
    checked: { objects: present.size, bytes, nodes: nodes.length, runs },
    corrupt: corrupt.map(fault),
    missing: [...new Set([...producers.keys(), ...bundles])]
      .filter((digest) => !present.has(digest) && !freed.has(digest)).sort().map(fault),
    damaged,
    misindexed: nodes.filter((node) => !isIndexed(store, node)).map((node) => node.key),
    orphaned: [...present].filter((digest) => !producers.has(digest) && !bundles.has(digest)),
  };
  if (options.repair) repair(store, verification);
  return verification;
}

function checkRecords(store: Store) {
  const nodes = sort(store.nodeRecords);
  const runs = sort(store.runRecords);
  return {
    nodes: nodes.whole.flatMap((key) => store.nodeRecords.read(key) ?? []),
    runs: runs.whole.length,
    damaged: [
      ...nodes.damaged.map((name) => ({ folder: "nodes" as const, name })),
      ...runs.damaged.map((name) => ({ folder: "runs" as const, name })),
    ],
  };
}

function sort(folder: RecordFolder<unknown>) {
  const { whole = [], damaged = [] } = Object.groupBy(
    folder.names(),
    (name) => folder.isWhole(name) ? "whole" : "damaged",
  );
  return { whole, damaged };
}

function checkObjects(store: Store, onProgress: VerifyOptions["onProgress"]) {
  const present = new Set<string>();
  const corrupt: string[] = [];
  let bytes = 0;
  for (const { digest, size } of store.objects.all()) {
    present.add(digest);
    bytes += size;
    if (!store.objects.isIntact(digest)) corrupt.push(digest);
    onProgress?.(present.size, bytes);
  }
  return { present, bytes, corrupt };
}

function isIndexed(store: Store, node: NodeRecord): boolean {
  const indexed = store.ledger.node(node.key);
  return indexed !== undefined && canonicalJson(indexed) === canonicalJson(node);
}

function repair(store: Store, found: Verification): void {
  // Reading a damaged record moves it aside.
  for (const { folder, name } of found.damaged) {
    if (folder === "nodes") {
      store.nodeRecords.read(name);
      store.ledger.remove(name);
    } else {
      store.runRecords.read(name);
      store.ledger.removeRun(name);
    }
  }
  for (const { digest } of found.corrupt) store.objects.setAside(digest);
  for (const { producers } of [...found.corrupt, ...found.missing]) producers.forEach(store.removeNode);
  for (const key of found.misindexed) {
    const node = store.nodeRecords.read(key);
    if (node !== undefined) store.ledger.put(node);
  }
}
