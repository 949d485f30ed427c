import { sha256 } from "../../lib/dag/digest.ts";
import { CorruptObject, StoreError } from "../../lib/dag/errors.ts";
import type { Presence } from "../../lib/dag/objects.ts";
import { openStore, type Store } from "../../lib/dag/store.ts";
import { assert, assertEquals, assertNotEquals, assertThrows } from "@std/assert";
import {
  bytes,
  child,
  digestOf,
  kill,
  makeNode,
  overwrite,
  runRecord,
  untilReady,
  withFolder,
  withStore,
} from "./store_fixture.ts";

Deno.test("putObject() keeps content read-only under its digest, and writes it once", () =>
  withStore((store) => {
    const digest = store.putObject(bytes("abc"));
    assertEquals(digest, "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    const path = store.objectPath(digest);
    assertEquals(path, `${store.root}/objects/ba/${digest.slice(2)}`);
    const { mode, ino } = Deno.statSync(path);
    assertEquals(mode! & 0o777, 0o444);
    assertEquals(store.readObject(digest), bytes("abc"));
    assertEquals(store.putObject(bytes("abc")), digest);
    assertEquals(Deno.statSync(path).ino, ino);
    assertEquals(temporaries(store), []);
  }));

Deno.test("putObject() replaces an object that is corrupt", () =>
  withStore((store) => {
    const digest = store.putObject(bytes("abc"));
    overwrite(store, digest, bytes("abd"));
    assertEquals(store.putObject(bytes("abc")), digest);
    assertEquals(store.readObject(digest), bytes("abc"));
    assertEquals(quarantined(store).length, 1);
  }));

Deno.test("putArtifact() and adoptArtifact() keep the same parts as the same artifact", () =>
  withStore((store) => {
    const large = new Uint8Array(3 * 1024 * 1024).map((_, index) => index);
    const put = store.putArtifact("dataset", { "a.json": bytes("{}"), "b.bin": large });
    const folder = store.temporary("out");
    Deno.writeFileSync(`${folder}/b.bin`, large);
    Deno.writeFileSync(`${folder}/a.json`, bytes("{}"));
    assertEquals(store.adoptArtifact("dataset", folder), put);
    assertEquals(store.readParts(put), { "a.json": bytes("{}"), "b.bin": large });
    assertEquals(put.parts["b.bin"], { digest: sha256(large), size: large.byteLength });
    assertThrows(() => Deno.statSync(folder), Deno.errors.NotFound);
    assertNotEquals(
      store.putArtifact("table", { "a.json": bytes("{}"), "b.bin": large }).digest,
      put.digest,
    );
  }));

Deno.test("adoptArtifact() takes a file without copying it", () =>
  withStore((store) => {
    const folder = store.temporary("out");
    Deno.writeFileSync(`${folder}/part`, bytes("content"));
    const { ino } = Deno.statSync(`${folder}/part`);
    const { digest } = store.adoptArtifact("text", folder).parts["part"]!;
    const stat = Deno.statSync(store.objectPath(digest));
    assertEquals([stat.ino, stat.mode! & 0o777], [ino, 0o444]);
  }));

Deno.test("adoptArtifact() refuses folders and links", () =>
  withStore((store) => {
    for (const make of [Deno.mkdirSync, (path: string) => Deno.symlinkSync("/etc/passwd", path)]) {
      const folder = store.temporary("out");
      make(`${folder}/part`);
      assertThrows(() => store.adoptArtifact("text", folder), StoreError, "it is not a plain file");
    }
  }));

const HARMS: readonly (readonly [
  harm: string,
  hurt: (store: Store, digest: string) => void,
  presence: Presence,
  read: "whole" | "refused",
])[] = [
  ["nothing", () => {}, "present", "whole"],
  ["another date", (store, digest) => Deno.utimeSync(store.objectPath(digest), 1, 1), "present", "whole"],
  [
    "a hard link",
    (store, digest) => Deno.linkSync(store.objectPath(digest), `${store.root}/link`),
    "present",
    "whole",
  ],
  ["removal", (store, digest) => Deno.removeSync(store.objectPath(digest)), "missing", "refused"],
  ["one byte less", (store, digest) => overwrite(store, digest, bytes("conten")), "corrupt", "refused"],
  ["one byte more", (store, digest) => overwrite(store, digest, bytes("content!")), "corrupt", "refused"],
  ["no bytes", (store, digest) => overwrite(store, digest, bytes("")), "corrupt", "refused"],
  ["another byte", (store, digest) => overwrite(store, digest, bytes("c0ntent")), "corrupt", "refused"],
  // Only reading can notice this one: the disk itself has changed a byte.
  [
    "bit rot",
    (store, digest) => {
      const { atime, mtime } = Deno.statSync(store.objectPath(digest));
      overwrite(store, digest, bytes("c0ntent"));
      Deno.utimeSync(store.objectPath(digest), atime!, mtime!);
    },
    "present",
    "refused",
  ],
];

for (const [harm, hurt, presence, read] of HARMS) {
  Deno.test(`after ${harm}, presence() says ${presence} and reading is ${read}`, () =>
    withStore((store) => {
      const artifact = store.putArtifact("text", { part: bytes("content"), other: bytes("other") });
      const { digest } = artifact.parts["part"]!;
      hurt(store, digest);
      assertEquals(store.presence(artifact), presence);
      for (const look of [store.readObject, store.checkObject]) {
        if (read === "whole") look(digest);
        else assertThrows(() => look(digest), CorruptObject, digest.slice(0, 12));
      }
      // What was found bad is out of the way, kept for people, and the same content can be kept again.
      assertEquals(quarantined(store).length, read === "refused" && harm !== "removal" ? 1 : 0);
      assertEquals(store.presence(artifact), read === "refused" ? "missing" : "present");
      if (read === "whole") assertEquals(+Deno.statSync(store.objectPath(digest)).mtime!, 1_000_000_000_000);
      assertEquals(store.putArtifact("text", { part: bytes("content"), other: bytes("other") }), artifact);
      assertEquals(store.presence(artifact), "present");
    }));
}

Deno.test("presence() of many parts is the worst of theirs", () =>
  withStore((store) => {
    const artifact = store.putArtifact("text", { a: bytes("a"), b: bytes("b"), c: bytes("c") });
    Deno.removeSync(store.objectPath(artifact.parts["a"]!.digest));
    assertEquals(store.presence(artifact), "missing");
    overwrite(store, artifact.parts["c"]!.digest, bytes("d"));
    assertEquals(store.presence(artifact), "corrupt");
  }));

Deno.test("a node is read back as it was written, here and by the next to open", () =>
  withStore((store) => {
    const record = makeNode(store, { name: "a" });
    assertEquals(store.readNode(record.key), record);
    assertEquals(store.readNode(digestOf("no such node")), undefined);
    const other = openStore(store.root);
    assertEquals(other.readNode(record.key), record);
    other.removeNode(record.key);
    other.close();
    assertEquals(store.readNode(record.key), undefined);
    assertEquals(temporaries(store), []);
  }));

Deno.test("a record that is truncated anywhere counts as absent and is moved aside", () =>
  withFolder((root) => {
    const { path, text, key } = nodeFile(root);
    const store = openStore(root);
    for (let length = 0; length < text.byteLength; length++) {
      Deno.writeFileSync(path, text.subarray(0, length));
      assertEquals(store.nodeRecords.read(key), undefined);
      assertThrows(() => Deno.statSync(path), Deno.errors.NotFound);
    }
    store.close();
    assertEquals([...Deno.readDirSync(`${root}/quarantine`)].length, text.byteLength);
  }));

Deno.test("a record with any one byte changed counts as absent", () =>
  withFolder((root) => {
    const { path, text, key } = nodeFile(root);
    const store = openStore(root);
    for (let at = 0; at < text.byteLength; at++) {
      const changed = text.slice();
      changed[at]! ^= 1 << (at % 8);
      Deno.writeFileSync(path, changed);
      assertEquals(store.nodeRecords.read(key), undefined, new TextDecoder().decode(changed));
    }
    Deno.writeFileSync(path, text);
    assert(store.nodeRecords.read(key) !== undefined);
    store.close();
  }));

Deno.test("a damaged record counts as absent even when the index is new", () =>
  withFolder((root) => {
    const { path, text, key } = nodeFile(root);
    Deno.removeSync(`${root}/index.sqlite`);
    Deno.writeFileSync(path, text.subarray(0, 100));
    const store = openStore(root);
    assertEquals(store.readNode(key), undefined);
    assertEquals(store.ledger.keys(), []);
    store.close();
  }));

Deno.test("a record under another's name counts as absent", () =>
  withFolder((root) => {
    const { path, key } = nodeFile(root);
    const other = digestOf("another");
    Deno.renameSync(path, `${root}/nodes/${other}.json`);
    const store = openStore(root);
    assertEquals(store.readNode(other), undefined);
    assertEquals(store.readNode(key), undefined);
    store.close();
  }));

Deno.test("runs are listed the newest first, and no id leads out of the folder", () =>
  withStore((store) => {
    const node = makeNode(store, { name: "a" });
    const first = runRecord("20260101-000000-0001", [node]);
    const second = runRecord("20260102-000000-0002", [node], { pipeline: "crate" });
    store.writeRun(first);
    store.writeRun(second);
    assertEquals(store.runs(), [second, first]);
    assertEquals(store.runs("tost"), [first]);
    assertEquals(store.runs(undefined, 1), [second]);
    assertEquals(store.readRun(first.id), first);
    for (const id of ["", "..", "../store", "/etc/passwd", "a/b", "20260101"]) {
      assertEquals(store.readRun(id), undefined);
    }
    const other = openStore(store.root);
    Deno.removeSync(`${store.root}/runs/${first.id}.json`);
    other.close();
    const another = openStore(store.root);
    assertEquals(another.runs(), [second]);
    another.close();
  }));

Deno.test("scratch() gives one folder a key, which outlives the process and goes on demand", () =>
  withFolder((root) => {
    const store = openStore(root);
    const folder = store.scratch("key");
    Deno.writeTextFileSync(`${folder}/step`, "7");
    store.close();
    const again = openStore(root);
    assertEquals(Deno.readTextFileSync(`${again.scratch("key")}/step`), "7");
    again.clearScratch("key");
    again.clearScratch("key");
    assertEquals([...Deno.readDirSync(again.scratch("key"))], []);
    again.close();
  }));

Deno.test("temporary folders of the living stay, those of the dead are swept", () =>
  withStore(async (store) => {
    const own = store.temporary("mine");
    const stays = child("stay", store.root);
    await untilReady(stays);
    assertEquals(temporaryFolders(store).length, 2);
    openStore(store.root).close();
    assertEquals(temporaryFolders(store).length, 2);
    await kill(stays);
    openStore(store.root).close();
    assertEquals(temporaryFolders(store).length, 1);
    assert(Deno.statSync(own).isDirectory);
  }));

Deno.test("two stores in one process do not take each other's temporary folders", () =>
  withStore((store) => {
    const folder = store.temporary("mine");
    openStore(store.root).close();
    assert(Deno.statSync(folder).isDirectory);
  }));

const STRANGE: readonly (readonly [what: string, make: (root: string) => void, message: string])[] = [
  [
    "a newer store",
    (root) => Deno.writeTextFileSync(`${root}/store.json`, `{"version":2}`),
    "written by a newer version of Assay: its format is 2",
  ],
  ["a damaged store", (root) => Deno.writeTextFileSync(`${root}/store.json`, `{"ver`), "is damaged"],
  ["a store of no version", (root) => Deno.writeTextFileSync(`${root}/store.json`, `{}`), "is damaged"],
  [
    "another folder",
    (root) => Deno.writeTextFileSync(`${root}/thesis.tex`, ""),
    "is not a store: it holds thesis.tex",
  ],
  [
    "a file in the way",
    (root) => {
      Deno.writeTextFileSync(`${root}/store.json`, `{"version":1}`);
      Deno.writeTextFileSync(`${root}/objects`, "");
    },
    "a file stands where a folder should be",
  ],
];

for (const [what, make, message] of STRANGE) {
  Deno.test(`openStore() refuses ${what}, and leaves it as it was`, () =>
    withFolder((root) => {
      make(root);
      const before = [...Deno.readDirSync(root)].map((entry) => entry.name).sort();
      const error = assertThrows(() => openStore(root), StoreError, message);
      assert(error.remedy.length > 0);
      assertEquals([...Deno.readDirSync(root)].map((entry) => entry.name).sort(), before);
    }));
}

Deno.test("openStore() takes a folder that holds only a README and dot files", () =>
  withFolder((root) => {
    Deno.writeTextFileSync(`${root}/README.md`, "");
    Deno.writeTextFileSync(`${root}/.gitignore`, "");
    openStore(root).close();
    assertEquals(JSON.parse(Deno.readTextFileSync(`${root}/store.json`)), { version: 1 });
  }));

/** The one node of a new store: where its record lies, and its bytes. */
function nodeFile(root: string) {
  const store = openStore(root);
  const { key } = makeNode(store, { name: "a" });
  store.close();
  const path = `${root}/nodes/${key}.json`;
  return { path, key, text: Deno.readFileSync(path) };
}

function quarantined(store: Store): readonly string[] {
  return [...Deno.readDirSync(`${store.root}/quarantine`)].map((entry) => entry.name);
}

function temporaryFolders(store: Store): readonly string[] {
  return [...Deno.readDirSync(`${store.root}/tmp`)].map((entry) => entry.name);
}

/** What lies in the temporary folders of living processes. */
function temporaries(store: Store): readonly string[] {
  return temporaryFolders(store).flatMap((folder) =>
    [...Deno.readDirSync(`${store.root}/tmp/${folder}`)].map((entry) => entry.name)
  );
}
