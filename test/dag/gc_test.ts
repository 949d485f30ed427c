import { StoreError } from "../../lib/dag/errors.ts";
import { collect, collectedObjects, type CollectOptions } from "../../lib/dag/gc.ts";
import { openStore, type Store } from "../../lib/dag/store.ts";
import { ancestors } from "../../lib/dag/lineage.ts";
import { assert, assertEquals, assertThrows } from "@std/assert";
import { bytes, digestOf, makeNode, runRecord, withStore } from "./store_fixture.ts";

const DAY = 86_400;
const NOW = Date.parse("2026-01-11T00:00:00.000Z");

/** Four nodes that ran on January 1, 2, 3 and 4, with outputs of 1000 bytes each. */
function fourNodes(store: Store) {
  return [1, 2, 3, 4].map((day) =>
    makeNode(store, { name: day, started: `2026-01-0${day}T00:00:00.000Z` }, String(day).repeat(1000))
  );
}

/** Which of the four still have their output. */
function left(store: Store): string {
  return [1, 2, 3, 4]
    .filter((day) => store.presence(store.readNode(digestOf(`key ${day}`))!.output) === "present").join("");
}

const CASES: readonly (readonly [what: string, options: CollectOptions, left: string])[] = [
  ["nothing asked", {}, "1234"],
  ["older than 8 days", { olderThan: 8 * DAY }, "34"],
  ["older than 100 days", { olderThan: 100 * DAY }, "1234"],
  ["older than nothing", { olderThan: 0 }, ""],
  ["at most 2500 bytes", { keepBytes: 2500 }, "34"],
  ["at most 4004 bytes, code included", { keepBytes: 4004 }, "1234"],
  ["one byte less", { keepBytes: 4003 }, "234"],
  ["no bytes", { keepBytes: 0 }, ""],
  ["both, the age deciding", { olderThan: 7.5 * DAY, keepBytes: 3500 }, "4"],
  ["both, the size deciding", { olderThan: 9 * DAY, keepBytes: 1500 }, "4"],
];

for (const [what, options, expected] of CASES) {
  Deno.test(`collect() with ${what} leaves ${expected || "none"} of four nodes`, () =>
    withStore((store) => {
      const nodes = fourNodes(store);
      const planned = collect(store, { ...options, now: NOW, dryRun: true });
      assertEquals(left(store), "1234");
      assertEquals(collectedObjects(store).size, 0);

      const done = collect(store, { ...options, now: NOW });
      assertEquals(done, planned);
      assertEquals(left(store), expected);
      const freed = 4 - expected.length;
      assertEquals(done.freed, { objects: freed, bytes: 1000 * freed });
      assertEquals(done.kept, { objects: 5 - freed, bytes: 4004 - 1000 * freed });
      assertEquals(done.nodes.length, freed);
      // Every record stays, and the code with it.
      for (const node of nodes) assertEquals(store.readNode(node.key), node);
      assertEquals(store.readObject(nodes[0]!.code.bundle), bytes("code"));
    }));
}

Deno.test("collect() counts a run that hit a node as a use of it", () =>
  withStore((store) => {
    const [first] = fourNodes(store);
    store.writeRun(runRecord("20260110-000000-0001", [first!], { started: "2026-01-10T00:00:00.000Z" }));
    collect(store, { keepBytes: 2500, keepRuns: 0, now: NOW });
    assertEquals(left(store), "14");
  }));

Deno.test("collect() keeps what the last finished run of each pipeline and preset used, and unfinished ones since", () =>
  withStore((store) => {
    const [one, two, three, four] = fourNodes(store);
    store.writeRun(runRecord("20260101-000000-0001", [one!]));
    store.writeRun(runRecord("20260102-000000-0001", [two!]));
    store.writeRun(runRecord("20260103-000000-0001", [three!], { outcome: "failed" }));
    store.writeRun(runRecord("20260101-000000-0002", [four!], { preset: "laptop" }));
    assertEquals(collect(store, { keepBytes: 0, keepRuns: 2, dryRun: true }).nodes, []);
    collect(store, { keepBytes: 0, now: NOW });
    assertEquals(left(store), "234");
    collect(store, { keepBytes: 0, now: NOW, keepRuns: 0 });
    assertEquals(left(store), "");
  }));

Deno.test("collect() keeps an object that a kept node shares with a freed one", () =>
  withStore((store) => {
    const old = makeNode(store, { name: "old", started: "2025-01-01T00:00:00.000Z" }, "shared");
    const young = makeNode(store, { name: "young", started: "2026-01-10T00:00:00.000Z" }, "shared");
    assertEquals(collect(store, { olderThan: 5 * DAY, now: NOW }).freed.objects, 0);
    assertEquals([store.presence(old.output), store.presence(young.output)], ["present", "present"]);
  }));

Deno.test("collect() frees what no record names, and the scratch folders of finished nodes", () =>
  withStore((store) => {
    const node = makeNode(store, { name: "a" });
    const orphan = store.putObject(bytes("orphan"));
    store.scratch(node.key);
    store.scratch(digestOf("killed"));
    const collection = collect(store);
    assertEquals(collection.freed, { objects: 1, bytes: 6 });
    assertEquals(collection.scratch, [node.key]);
    assertThrows(() => Deno.statSync(store.objectPath(orphan)), Deno.errors.NotFound);
    assertEquals([...Deno.readDirSync(`${store.root}/scratch`)].map((entry) => entry.name), [
      digestOf("killed"),
    ]);
    // With an age, what nobody resumed for so long goes too.
    const later = Date.now() + 3 * DAY * 1000;
    assertEquals(collect(store, { olderThan: 2 * DAY, now: later }).scratch, [digestOf("killed")]);
  }));

Deno.test("collect() frees old files of quarantine", () =>
  withStore((store) => {
    Deno.writeTextFileSync(`${store.root}/quarantine/bad`, "");
    assertEquals(collect(store).quarantined, []);
    const later = Date.now() + 3 * DAY * 1000;
    assertEquals(collect(store, { olderThan: 2 * DAY, now: later }).quarantined, ["bad"]);
    assertEquals([...Deno.readDirSync(`${store.root}/quarantine`)], []);
  }));

Deno.test("after collect(), a node counts as missing, keeps its lineage, and can be made again", () =>
  withStore((store) => {
    const data = makeNode(store, { name: "data" });
    const model = makeNode(store, { name: "model", inputs: [data] });
    const objects = [data, model].map((node) => node.output.parts["text.txt"]!.digest);
    collect(store, { keepBytes: 0 });
    assertEquals(store.presence(data.output), "missing");
    assertEquals(collectedObjects(store), new Set(objects));
    assertEquals([...ancestors(store, model.key).nodes.values()], [model, data]);
    makeNode(store, { name: "data" });
    assertEquals(store.presence(data.output), "present");
    collect(store);
    assertEquals(collectedObjects(store), new Set(objects.slice(1)));
  }));

Deno.test("collect() refuses while another has the store open, but tells what it would free", () =>
  withStore((store) => {
    makeNode(store, { name: "a" });
    const other = openStore(store.root);
    assertThrows(() => collect(store, { keepBytes: 0 }), StoreError, "is in use by another process");
    assertEquals(collect(store, { keepBytes: 0, dryRun: true }).freed.objects, 1);
    assert([...store.objects.all()].length === 2);
    other.close();
    assertEquals(collect(store, { keepBytes: 0 }).freed.objects, 1);
  }));
