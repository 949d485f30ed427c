/** What the tests of the store share: stores in temporary folders, records, and other processes. */
import { sha256 } from "../../lib/dag/digest.ts";
import type { ArtifactRecord, NodeRecord, RunRecord } from "../../lib/dag/record.ts";
import { openStore, type Store } from "../../lib/dag/store.ts";

/** Gives work a new folder, which goes afterwards. */
export async function withFolder(work: (folder: string) => void | Promise<void>): Promise<void> {
  const folder = await Deno.makeTempDir({ prefix: "assay-store-" });
  try {
    await work(folder);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

/** Gives work a new store. */
export function withStore(work: (store: Store) => void | Promise<void>): Promise<void> {
  return withFolder(async (folder) => {
    const store = openStore(folder);
    try {
      await work(store);
    } finally {
      store.close();
    }
  });
}

/** UTF-8. */
export function bytes(text: string): Uint8Array {
  return new TextEncoder().encode(text);
}

/** A well-formed digest, by number. */
export function digestOf(what: string | number): string {
  return sha256(String(what));
}

/** What a test says about an execution. */
export interface NodeSketch {
  readonly name: string | number;
  readonly task?: string;
  readonly inputs?: readonly NodeRecord[];
  readonly started?: string;
  readonly seconds?: number;
}

/** The record of an execution with some output. */
export function nodeRecord(store: Store, sketch: NodeSketch, output: ArtifactRecord): NodeRecord {
  return {
    version: 1,
    key: digestOf(`key ${sketch.name}`),
    address: digestOf(`address ${sketch.name}`),
    task: sketch.task ?? "add",
    params: { name: sketch.name },
    inputs: (sketch.inputs ?? []).map((from, index) => ({
      input: `input${index}`,
      task: from.task,
      address: from.address,
      key: from.key,
      digest: from.output.digest,
    })),
    env: {},
    code: {
      fingerprint: digestOf("code"),
      bundle: store.putObject(bytes("code")),
      module: "tasks/add.ts",
      export: "add",
      packages: { effect: "4.1.0" },
    },
    output,
    host: { name: "host", deno: "2.9.6", os: "linux", cores: 2 },
    started: sketch.started ?? "2026-01-01T00:00:00.000Z",
    seconds: sketch.seconds ?? 1,
    peakMemory: null,
    executor: "inline",
    log: [],
    reasons: ["never ran"],
  };
}

/** Makes a node as the scheduler does: its output, then its record. */
export function makeNode(store: Store, sketch: NodeSketch, content = `content ${sketch.name}`): NodeRecord {
  const record = nodeRecord(store, sketch, store.putArtifact("text", { "text.txt": bytes(content) }));
  store.writeNode(record);
  return record;
}

/** The record of a run over some nodes. */
export function runRecord(
  id: string,
  nodes: readonly NodeRecord[],
  rest: Partial<RunRecord> = {},
): RunRecord {
  return {
    version: 1,
    id,
    pipeline: "tost",
    preset: "quick",
    seeds: [0],
    started: "2026-01-02T00:00:00.000Z",
    seconds: 2,
    outcome: "done",
    nodes: nodes.map(({ key, address, task, output }) => ({
      label: task,
      address,
      task,
      params: {},
      inputs: [],
      state: "ran",
      key,
      digest: output.digest,
      seconds: 1,
      reasons: [],
      error: null,
    })),
    claims: [],
    ...rest,
  };
}

/** Overwrites part of an object behind the store's back. */
export function overwrite(store: Store, digest: string, content: Uint8Array): void {
  const path = store.objectPath(digest);
  Deno.chmodSync(path, 0o644);
  Deno.writeFileSync(path, content);
}

/** Starts another process that works on a store; see `store_child.ts`. */
export function child(...args: readonly (string | number)[]): Deno.ChildProcess {
  return new Deno.Command(Deno.execPath(), {
    args: ["run", "--allow-all", new URL("./store_child.ts", import.meta.url).pathname, ...args.map(String)],
    stdin: "null",
    stdout: "piped",
    stderr: "inherit",
  }).spawn();
}

/** Waits until a child has written its first line. */
export async function untilReady(process: Deno.ChildProcess): Promise<void> {
  const reader = process.stdout.getReader();
  await reader.read();
  reader.releaseLock();
}

/** Kills a process as the kernel does when memory runs out. */
export async function kill(process: Deno.ChildProcess): Promise<void> {
  process.kill("SIGKILL");
  await process.status;
  await process.stdout.cancel();
}
