/**
 * Collecting: frees the objects that were least recently used, and keeps the records.
 *
 * A node whose output was freed still has its lineage; when its output is wanted again, it is made again.
 *
 * @module
 */
import { discard, namesIn, onDisk, readIfThere, statOf, writeWhole } from "./disk.ts";
import type { NodeRecord, RunRecord } from "./record.ts";
import type { Store } from "./store.ts";

/** What to keep. Without `olderThan` and `keepBytes`, only what no record names is freed. */
export interface CollectOptions {
  /** Frees what was last used longer ago than this many seconds. */
  readonly olderThan?: number;
  /** Frees the least recently used until the objects take at most this many bytes. */
  readonly keepBytes?: number;
  /** Of each pipeline and preset, what so many finished runs used, counted from the last one, is kept anyway; 1. */
  readonly keepRuns?: number;
  /** Tells what would be freed, and frees nothing. */
  readonly dryRun?: boolean;
  /** The present, in milliseconds since 1970. */
  readonly now?: number;
}

/** What {@linkcode collect} freed, or would. */
export interface Collection {
  /** What went. */
  readonly freed: { readonly objects: number; readonly bytes: number };
  /** What stayed. */
  readonly kept: { readonly objects: number; readonly bytes: number };
  /** The keys of the nodes that lost their output. */
  readonly nodes: readonly string[];
  /** The keys whose scratch folders went: those of finished nodes, and those not touched for `olderThan`. */
  readonly scratch: readonly string[];
  /** Files of `quarantine/` not touched for `olderThan`. */
  readonly quarantined: readonly string[];
}

/**
 * Frees space.
 *
 * A node was last used when it ran, or in the last run that lists it. Objects are freed node by node, the least
 * recently used first; one that a kept node needs stays, and so does the code of every node.
 *
 * @throws {StoreError} When another process has the store open.
 */
export function collect(store: Store, options: CollectOptions = {}): Collection {
  if (options.dryRun) return plan(store, options).collection;
  return store.exclusively(() => {
    const { collection, digests, sizes } = plan(store, options);
    const absentBefore = [...collectedObjects(store)].filter((digest) => !sizes.has(digest));
    for (const digest of digests) store.objects.remove(digest);
    for (const key of collection.scratch) store.clearScratch(key);
    for (const name of collection.quarantined) {
      onDisk("remove", name, () => discard(`${store.root}/quarantine/${name}`));
    }
    noteCollected(store, [...absentBefore, ...digests]);
    return collection;
  });
}

/** The digests of the objects that were freed on purpose and not made again since. */
export function collectedObjects(store: Store): ReadonlySet<string> {
  const path = collectedPath(store);
  const text = onDisk("read", path, () => readIfThere(path));
  try {
    return new Set(JSON.parse(text ?? "[]"));
  } catch {
    // Damaged: what it listed counts as lost instead of freed, and is made again all the same.
    return new Set();
  }
}

function plan(store: Store, options: CollectOptions) {
  const sizes = new Map(Array.from(store.objects.all(), ({ digest, size }) => [digest, size]));
  const nodes = store.nodeRecords.names().flatMap((key) => store.readNode(key) ?? []);
  const needed = whatToKeep(nodes, store.runs(), sizes, options);
  const digests = [...sizes.keys()].filter((digest) => !needed.has(digest));
  const freedSet = new Set(digests);

  const freed = total(digests, sizes);
  const all = total([...sizes.keys()], sizes);
  const collection: Collection = {
    freed,
    kept: { objects: all.objects - freed.objects, bytes: all.bytes - freed.bytes },
    nodes: nodes.filter((node) => objectsOf(node).some((digest) => freedSet.has(digest))).map((node) =>
      node.key
    ),
    scratch: namesIn(`${store.root}/scratch`).filter((key) =>
      store.readNode(key) !== undefined || isOlder(`${store.root}/scratch/${key}`, options)
    ),
    quarantined: namesIn(`${store.root}/quarantine`).filter((name) =>
      isOlder(`${store.root}/quarantine/${name}`, options)
    ),
  };
  return { collection, digests, sizes };
}

/** The objects to keep: from the most recently used node back, for as long as the options let. */
function whatToKeep(
  nodes: readonly NodeRecord[],
  runs: readonly RunRecord[],
  sizes: ReadonlyMap<string, number>,
  { olderThan = Infinity, keepBytes = Infinity, keepRuns = 1, now = Date.now() }: CollectOptions,
): ReadonlySet<string> {
  const shielded = shieldedKeys(runs, keepRuns);
  const used = lastUses(nodes, runs);
  const kept = new Set(nodes.map((node) => node.code.bundle));
  let bytes = total([...kept], sizes).bytes;
  const keep = (node: NodeRecord) => {
    for (const digest of objectsOf(node)) {
      if (!kept.has(digest)) bytes += sizes.get(digest) ?? 0;
      kept.add(digest);
    }
  };
  nodes.filter((node) => shielded.has(node.key)).forEach(keep);

  const rest = nodes.filter((node) => !shielded.has(node.key))
    .sort((a, b) => used.get(b.key)! - used.get(a.key)! || (a.key < b.key ? -1 : 1));
  for (const node of rest) {
    if (now - used.get(node.key)! > olderThan * 1000) break;
    const more = total(objectsOf(node).filter((digest) => !kept.has(digest)), sizes).bytes;
    if (more > 0 && bytes + more > keepBytes) break;
    keep(node);
  }
  return kept;
}

/** The keys that the last finished runs of each pipeline and preset used, and any unfinished run since. */
function shieldedKeys(runs: readonly RunRecord[], keepRuns: number): ReadonlySet<string> {
  const finished = new Map<string, number>();
  const keys = new Set<string>();
  for (const run of runs) {
    const name = `${run.pipeline} ${run.preset}`;
    const count = finished.get(name) ?? 0;
    if (count >= keepRuns) continue;
    if (run.outcome === "done") finished.set(name, count + 1);
    for (const { key } of run.nodes) if (key !== null) keys.add(key);
  }
  return keys;
}

/** When each node was last used, in milliseconds since 1970. */
function lastUses(nodes: readonly NodeRecord[], runs: readonly RunRecord[]): ReadonlyMap<string, number> {
  const used = new Map(nodes.map((node) => [node.key, Date.parse(node.started)]));
  for (const run of runs) {
    const started = Date.parse(run.started);
    for (const { key } of run.nodes) {
      const before = key === null ? undefined : used.get(key);
      if (before !== undefined && started > before) used.set(key!, started);
    }
  }
  return used;
}

function noteCollected(store: Store, digests: readonly string[]): void {
  const text = JSON.stringify([...new Set(digests)].sort());
  writeWhole(
    `${store.temporary("collected")}/list`,
    collectedPath(store),
    new TextEncoder().encode(text),
    0o644,
  );
}

function collectedPath(store: Store): string {
  return `${store.root}/collected.json`;
}

function isOlder(path: string, { olderThan = Infinity, now = Date.now() }: CollectOptions): boolean {
  const modified = statOf(path)?.mtime?.getTime() ?? now;
  return now - modified > olderThan * 1000;
}

function objectsOf(node: NodeRecord): readonly string[] {
  return Object.values(node.output.parts).map(({ digest }) => digest);
}

function total(digests: readonly string[], sizes: ReadonlyMap<string, number>) {
  const there = digests.filter((digest) => sizes.has(digest));
  return { objects: there.length, bytes: there.reduce((sum, digest) => sum + sizes.get(digest)!, 0) };
}
