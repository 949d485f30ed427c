/** Records of nodes and runs in the store. */
import { openStore, type Store } from "../../lib/dag/store.ts";
import { assert, assertEquals, assertThrows } from "@std/assert";
import { digestOf, makeNode, runRecord, withFolder, withStore } from "./store_fixture.ts";

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

/** The one node of a new store: where its record lies, and its bytes. */
function nodeFile(root: string) {
  const store = openStore(root);
  const { key } = makeNode(store, { name: "a" });
  store.close();
  const path = `${root}/nodes/${key}.json`;
  return { path, key, text: Deno.readFileSync(path) };
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
