import type { Store } from "../../lib/dag/store.ts";
import { type Verification, verify } from "../../lib/dag/verify.ts";
import { collect } from "../../lib/dag/gc.ts";
import { assert, assertEquals } from "@std/assert";
import { bytes, makeNode, nodeRecord, overwrite, runRecord, withStore } from "./store_fixture.ts";

const CLEAN = { corrupt: [], missing: [], damaged: [], misindexed: [], orphaned: [] };

Deno.test("verify() reads everything and finds nothing wrong in a sound store", () =>
  withStore((store) => {
    const nodes = [makeNode(store, { name: "a" }), makeNode(store, { name: "b" })];
    store.writeRun(runRecord("20260101-000000-0001", nodes));
    const seen: number[] = [];
    const { checked, ...found } = verify(store, { onProgress: (objects) => seen.push(objects) });
    assertEquals(found, CLEAN);
    assertEquals(checked, { objects: 3, bytes: 4 + 9 + 9, nodes: 2, runs: 1 });
    assertEquals(seen, [1, 2, 3]);
  }));

Deno.test("verify() finds bit rot that no look from outside shows, and repair has it made again", () =>
  withStore((store) => {
    const node = makeNode(store, { name: "a" });
    makeNode(store, { name: "b" });
    const { digest } = node.output.parts["text.txt"]!;
    rot(store, digest);
    assertEquals(store.presence(node.output), "present");

    const found = verify(store);
    assertEquals(rest(found), { ...CLEAN, corrupt: [{ digest, producers: [node.key] }] });
    // Without repair, nothing moves.
    assertEquals(rest(verify(store)), rest(found));
    assertEquals(store.readNode(node.key), node);

    assertEquals(rest(verify(store, { repair: true })), rest(found));
    assertEquals(store.readNode(node.key), undefined);
    assertEquals(rest(verify(store)), CLEAN);
    assertEquals([...Deno.readDirSync(`${store.root}/quarantine`)].length, 1);
    makeNode(store, { name: "a" });
    assertEquals(rest(verify(store)), CLEAN);
  }));

Deno.test("verify() tells what was lost from what was freed", () =>
  withStore((store) => {
    const freed = makeNode(store, { name: "freed" });
    collect(store, { keepBytes: 0 });
    const lost = makeNode(store, { name: "lost" });
    const { digest } = lost.output.parts["text.txt"]!;
    store.objects.remove(digest);
    assertEquals(rest(verify(store)), { ...CLEAN, missing: [{ digest, producers: [lost.key] }] });
    verify(store, { repair: true });
    assertEquals(store.readNode(lost.key), undefined);
    assertEquals(store.readNode(freed.key), freed);
    assertEquals(rest(verify(store)), CLEAN);
  }));

Deno.test("verify() finds lost and corrupt code, which costs no node", () =>
  withStore((store) => {
    const node = makeNode(store, { name: "a" });
    rot(store, node.code.bundle);
    assertEquals(rest(verify(store, { repair: true })), {
      ...CLEAN,
      corrupt: [{ digest: node.code.bundle, producers: [] }],
    });
    assertEquals(rest(verify(store, { repair: true })), {
      ...CLEAN,
      missing: [{ digest: node.code.bundle, producers: [] }],
    });
    assertEquals(store.readNode(node.key), node);
  }));

Deno.test("verify() finds damaged records, and repair moves them aside", () =>
  withStore((store) => {
    const node = makeNode(store, { name: "a" });
    const kept = makeNode(store, { name: "b" });
    store.writeRun(runRecord("20260101-000000-0001", [node]));
    Deno.truncateSync(`${store.root}/nodes/${node.key}.json`, 50);
    Deno.truncateSync(`${store.root}/runs/20260101-000000-0001.json`, 50);
    const found = verify(store);
    assertEquals(found.damaged, [
      { folder: "nodes", name: node.key },
      { folder: "runs", name: "20260101-000000-0001" },
    ]);
    assertEquals(verify(store), found);
    verify(store, { repair: true });
    assertEquals(store.readNode(node.key), undefined);
    assertEquals(store.readNode(kept.key), kept);
    assertEquals(store.runs(), []);
    assertEquals(verify(store).damaged, []);
  }));

Deno.test("verify() finds an index that says something else than the files", () =>
  withStore((store) => {
    const node = makeNode(store, { name: "a" });
    const forgotten = makeNode(store, { name: "b" });
    store.ledger.put({ ...node, seconds: 99 });
    store.ledger.remove(forgotten.key);
    assertEquals(verify(store).misindexed, [node.key, forgotten.key].sort());
    verify(store, { repair: true });
    assertEquals(store.ledger.node(node.key), node);
    assertEquals(rest(verify(store)), CLEAN);
  }));

Deno.test("verify() lists what no record names", () =>
  withStore((store) => {
    const node = makeNode(store, { name: "a" });
    const orphan = store.putObject(bytes("orphan"));
    // A node that was never published leaves its output.
    const half = nodeRecord(store, { name: "half" }, store.putArtifact("text", { part: bytes("half") }));
    assertEquals(
      new Set(verify(store).orphaned),
      new Set([orphan, half.output.parts["part"]!.digest]),
    );
    assert(store.presence(node.output) === "present");
  }));

/** Changes a byte without a trace outside. */
function rot(store: Store, digest: string): void {
  const content = store.readObject(digest).slice();
  const { atime, mtime } = Deno.statSync(store.objectPath(digest));
  content[0]! ^= 1;
  overwrite(store, digest, content);
  Deno.utimeSync(store.objectPath(digest), atime!, mtime!);
}

function rest({ checked: _, ...found }: Verification) {
  return found;
}
