/**
 * The store: artifacts, executions and runs, in a folder.
 *
 * ```text
 * store.json           the format's version
 * objects/ab/cdef…     content, under its digest
 * nodes/<key>.json     one execution
 * runs/<id>.json       one run
 * index.sqlite         a cache of the two above
 * scratch/<key>/       what a killed node resumes from
 * tmp/  locks/         of living processes; what dead ones left is swept away
 * quarantine/          what was found damaged
 * collected.json       the objects that were freed on purpose
 * ```
 *
 * A node's record is written after all of its objects, so a kill at any moment leaves a whole node or none. Nodes are
 * many and small: everything here is synchronous, which is several times faster for small files. Objects of less than
 * 64 KiB and records are not flushed to the disk one by one: a power cut may shorten the last of them, and since every
 * read checks content against its digest or checksum, such a node is simply made again.
 *
 * @module
 */
import { resolve } from "node:path";
import { artifactDigest } from "./digest.ts";
import { discard, namesIn, onDisk } from "./disk.ts";
import { StoreError } from "./errors.ts";
import type { Parts } from "./kind.ts";
import { type Ledger, openLedger } from "./ledger.ts";
import { type Objects, openObjects, type Presence } from "./objects.ts";
import type { ArtifactRecord, NodeRecord, RunRecord } from "./record.ts";
import { nodeRecords, type RecordFolder, runRecords } from "./records.ts";
import { checkFormat } from "./store_format.ts";
import { enter } from "./store_process.ts";

/** A store, open. Every method throws a `StoreError` when the disk refuses. */
export interface Store {
  /** Its folder, as an absolute path. */
  readonly root: string;
  /** The index of its records. */
  readonly ledger: Ledger;
  /** Its objects, one by one. */
  readonly objects: Objects;
  /** The files of its executions, which are the truth behind the ledger. */
  readonly nodeRecords: RecordFolder<NodeRecord>;
  /** The files of its runs. */
  readonly runRecords: RecordFolder<RunRecord>;

  /** Keeps content and tells its digest; writes nothing when it is there already. */
  putObject(content: Uint8Array): string;
  /** Keeps an artifact's parts. */
  putArtifact(kind: string, parts: Parts): ArtifactRecord;
  /** Takes the files of a folder on the same file system as an artifact's parts, without copying; the folder goes. */
  adoptArtifact(kind: string, folder: string): ArtifactRecord;
  /**
   * Whether all parts of an artifact are there, by their size and date; one whose date changed since it was last
   * found intact is read. Moves nothing: reading a corrupt part, or keeping it again, moves the bad one aside.
   */
  presence(artifact: ArtifactRecord): Presence;
  /**
   * Reads an object.
   *
   * @throws {CorruptObject} When its content is not what its name says (it has been moved aside), or it is missing.
   */
  readObject(digest: string): Uint8Array;
  /** Checks an object's content as {@linkcode Store.readObject} does, without keeping it in memory. */
  checkObject(digest: string): void;
  /** Reads all parts of an artifact, each checked. */
  readParts(artifact: ArtifactRecord): Parts;
  /** Where an object lies. Reading it from there is not checked. */
  objectPath(digest: string): string;

  /** The execution under a key. A damaged record is moved aside and counts as absent. */
  readNode(key: string): NodeRecord | undefined;
  /** Publishes an execution. The last act of making a node. */
  writeNode(record: NodeRecord): void;
  /** Forgets an execution. */
  removeNode(key: string): void;

  /** Keeps a run. */
  writeRun(record: RunRecord): void;
  /** A run by its id. */
  readRun(id: string): RunRecord | undefined;
  /** Runs, the newest first, of one pipeline or of all. */
  runs(pipeline?: string, limit?: number): readonly RunRecord[];

  /** A new folder on the store's file system. It goes when the process ends. */
  temporary(prefix: string): string;
  /** The folder that belongs to a key and outlives a kill. */
  scratch(key: string): string;
  /** Removes a key's scratch folder. */
  clearScratch(key: string): void;

  /**
   * Works while no other process has the store open.
   *
   * @throws {StoreError} When another has it open.
   */
  exclusively<A>(work: () => A): A;
  /** Closes it. */
  close(): void;
}

/**
 * Opens a store, making it where there is none.
 *
 * @example Usage
 * ```ts
 * import { openStore } from "./store.ts";
 * import { assertEquals } from "@std/assert";
 *
 * const store = openStore(await Deno.makeTempDir());
 * const artifact = store.putArtifact("text", { "text.txt": new TextEncoder().encode("abc") });
 *
 * assertEquals(store.presence(artifact), "present");
 * assertEquals(
 *   artifact.parts["text.txt"]!.digest,
 *   "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad",
 * );
 * store.close();
 * ```
 *
 * @param root The folder.
 * @throws {StoreError} When the folder holds something else, was written by a newer version, or cannot be written.
 */
export function openStore(root: string): Store {
  root = resolve(root);
  checkFormat(root);
  onDisk("use", root, () => {
    for (const folder of ["objects", "nodes", "runs", "scratch", "tmp", "locks", "quarantine"]) {
      Deno.mkdirSync(`${root}/${folder}`, { recursive: true });
    }
  });

  const stay = enter(root);
  const temporaryFile = () => stay.temporary("file");
  const nodes = nodeRecords(root, temporaryFile);
  const runs = runRecords(root, temporaryFile);
  const ledger = openLedger(`${root}/index.sqlite`, (ledger) => fill(ledger, nodes, runs), stay.withIndex);
  const objects = openObjects(root, temporaryFile);

  return {
    root,
    ledger,
    objects,
    nodeRecords: nodes,
    runRecords: runs,

    putObject: objects.put,
    putArtifact: (kind, parts) =>
      artifact(
        kind,
        Object.entries(parts).map(([name, content]) => [
          name,
          { digest: objects.put(content), size: content.byteLength },
        ]),
      ),
    adoptArtifact: (kind, folder) =>
      onDisk("take", folder, () => {
        const names = namesIn(folder);
        const odd = names.find((name) => !Deno.lstatSync(`${folder}/${name}`).isFile);
        if (odd !== undefined) {
          throw new StoreError({
            path: `${folder}/${odd}`,
            message: `cannot take ${folder}/${odd} into the store: it is not a plain file`,
            remedy: "write each part of the artifact as one file",
          });
        }
        const taken = artifact(kind, names.map((name) => [name, objects.adopt(`${folder}/${name}`)]));
        discard(folder);
        return taken;
      }),
    presence: ({ parts }) => {
      const found = Object.values(parts).map(({ digest, size }) => objects.presence(digest, size));
      return found.find((presence) => presence === "corrupt") ??
        found.find((presence) => presence === "missing") ?? "present";
    },
    readObject: objects.read,
    checkObject: objects.check,
    readParts: ({ parts }) =>
      Object.fromEntries(Object.entries(parts).map(([name, { digest }]) => [name, objects.read(digest)])),
    objectPath: objects.path,

    readNode: (key) => ledger.node(key) ?? noted(nodes.read(key), ledger.put),
    writeNode: (record) => {
      nodes.write(record.key, record);
      ledger.put(record);
    },
    removeNode: (key) => {
      nodes.remove(key);
      ledger.remove(key);
    },

    writeRun: (record) => {
      runs.write(record.id, record);
      ledger.putRun(record);
    },
    readRun: (id) => ledger.run(id) ?? noted(runs.read(id), ledger.putRun),
    runs: ledger.runs,

    temporary: (prefix) => made(stay.temporary(prefix)),
    scratch: (key) => made(`${root}/scratch/${key}`),
    clearScratch: (key) =>
      onDisk("remove", `${root}/scratch/${key}`, () => discard(`${root}/scratch/${key}`)),

    exclusively: stay.exclusively,
    close: () => {
      ledger.close();
      stay.leave();
    },
  };
}

function artifact(
  kind: string,
  parts: readonly (readonly [name: string, { digest: string; size: number }])[],
) {
  const digests = Object.fromEntries(parts.map(([name, { digest }]) => [name, digest]));
  return { kind, digest: artifactDigest(kind, digests), parts: Object.fromEntries(parts) };
}

/** Makes the ledger agree with the files. Only the differences are read, before the ledger is locked for writing. */
function fill(ledger: Ledger, nodes: RecordFolder<NodeRecord>, runs: RecordFolder<RunRecord>): void {
  const node = differences(ledger.keys(), nodes);
  const run = differences(ledger.runIds(), runs);
  ledger.together(() => {
    node.gone.forEach((key) => ledger.remove(key));
    node.added.forEach((record) => ledger.put(record));
    run.gone.forEach((id) => ledger.removeRun(id));
    run.added.forEach((record) => ledger.putRun(record));
  });
}

function differences<A>(known: readonly string[], files: RecordFolder<A>) {
  const names = new Set(files.names());
  const gone = known.filter((name) => !names.delete(name));
  const added = [...names].flatMap((name) => files.read(name) ?? []);
  return { gone, added };
}

function noted<A>(record: A | undefined, put: (record: A) => void): A | undefined {
  if (record !== undefined) put(record);
  return record;
}

function made(folder: string): string {
  onDisk("make", folder, () => Deno.mkdirSync(folder, { recursive: true }));
  return folder;
}
