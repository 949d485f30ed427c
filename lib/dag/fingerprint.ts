/**
 * Fingerprints: the hash of the code that a task reaches.
 *
 * A task's code is the tree-shaken bundle of its one export: types, comments and formatting are gone, what it does not
 * reach is gone, and packages stay outside as name and version from the lock. The bundle is kept as an object: it is
 * what runs, so that an edit between hashing and running cannot slip in, and what `inspect why` compares.
 *
 * @module
 */
import { bundle, ENGINE, type Place } from "./bundle.ts";
import { recordHash, sha256 } from "./digest.ts";
import { PipelineError } from "./errors.ts";
import { type Lockfile, readLockfile } from "./lockfile.ts";
import { fromFileUrl, join, projectRoot, relative } from "./path.ts";
import type { NodeRecord } from "./record.ts";
import type { Store } from "./store.ts";
import type { Task } from "./task.ts";

/** A task's code: its fingerprint, its bundle's digest, where it is declared, and the packages it imports. */
export type Code = NodeRecord["code"];

interface Remembered {
  readonly sources: Readonly<Record<string, string>>;
  readonly lock: string;
  readonly code: Code;
  /** The bundle's size in bytes. */
  readonly size: number;
}

/** Changes when what is hashed changes. */
const FORMAT = "assay-code-1";

/**
 * Fingerprints tasks. Answers from memory while no source in a task's import graph and no lock has changed; else
 * bundles all changed ones in one go.
 *
 * @param tasks The tasks, each once.
 * @param store Keeps the bundles and the memory.
 * @throws {PipelineError} On a task that its module does not export, or code that does not parse.
 */
export async function fingerprint(tasks: readonly Task[], store: Store): Promise<ReadonlyMap<Task, Code>> {
  const digests = new Map<string, string>();
  const digestOf = (path: string) => {
    if (!digests.has(path)) digests.set(path, sourceDigest(path));
    return digests.get(path)!;
  };
  const locks = new Map<string, Lockfile>();
  const engine = projectRoot(ENGINE);
  const lockOf = (root: string): Lockfile => {
    // Workers run with the engine's own packages: it has the word on what a project does not know.
    if (!locks.has(root)) locks.set(root, readLockfile(root, root === engine ? undefined : lockOf(engine)));
    return locks.get(root)!;
  };
  const places = await Promise.all(tasks.map(place));
  const found = new Map<Task, Code>();
  const stale: Place[] = [];
  for (const at of places) {
    const remembered = recall(store, at);
    const fresh = remembered !== undefined && remembered.lock === lockOf(at.root).digest &&
      Object.entries(remembered.sources).every(([path, digest]) => digestOf(join(at.root, path)) === digest);
    if (fresh) found.set(at.task, remembered.code);
    else stale.push(at);
  }
  for (const [root, group] of Map.groupBy(stale, (at) => at.root)) {
    const lock = lockOf(root);
    for (const built of await bundle(root, group, lock)) {
      const packages = lock.versions(built.imports);
      const content = new TextEncoder().encode(built.text);
      const bundleDigest = store.putObject(content);
      const code: Code = {
        fingerprint: recordHash(FORMAT, { bundle: bundleDigest, packages }),
        bundle: bundleDigest,
        module: relative(root, built.at.path),
        export: built.at.export,
        packages,
      };
      const sources = Object.fromEntries(built.sources.map((path) => [path, digestOf(join(root, path))]));
      store.ledger.remember(
        memoName(built.at),
        JSON.stringify({ sources, lock: lock.digest, code, size: content.byteLength } satisfies Remembered),
      );
      found.set(built.at.task, code);
    }
  }
  return found;
}

/** Finds the export that a task is. */
async function place(task: Task): Promise<Place> {
  const { module } = task.origin;
  const exports = module.startsWith("file:") ? await import(module) as Record<string, unknown> : {};
  const name = Object.keys(exports).find((key) => exports[key] === task);
  if (name === undefined) {
    throw new PipelineError({
      message: `task ${task.spec.name} is not exported by ${module}: declare it as a module-level export, ` +
        "so that its code can be hashed",
    });
  }
  const path = fromFileUrl(module);
  return { task, root: projectRoot(path), path, export: name };
}

function recall(store: Store, at: Place): Remembered | undefined {
  const text = store.ledger.memo(memoName(at));
  if (text === undefined) return undefined;
  const remembered = JSON.parse(text) as Remembered;
  return store.objects.presence(remembered.code.bundle, remembered.size) === "present"
    ? remembered
    : undefined;
}

function memoName(at: Place): string {
  return `${FORMAT} ${at.path}#${at.export}`;
}

function sourceDigest(path: string): string {
  try {
    return sha256(Deno.readFileSync(path));
  } catch {
    return "absent";
  }
}
