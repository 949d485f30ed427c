import { type Ledger, openLedger } from "../../lib/dag/ledger.ts";
import { openStore } from "../../lib/dag/store.ts";
import { assert, assertEquals } from "@std/assert";
import { digestOf, makeNode, nodeRecord, runRecord, withFolder, withStore } from "./store_fixture.ts";
import { DatabaseSync } from "node:sqlite";

Deno.test("latestByAddress() and executionsOfTask() give the newest first", () =>
  withStore((store) => {
    const first = makeNode(store, { name: "a", started: "2026-01-01T00:00:00.000Z" });
    const second = { ...first, key: digestOf("again"), started: "2026-01-03T00:00:00.000Z" };
    const other = makeNode(store, { name: "b", started: "2026-01-02T00:00:00.000Z" });
    makeNode(store, { name: "c", task: "another" });
    store.writeNode(second);
    assertEquals(store.ledger.latestByAddress(first.address), second);
    assertEquals(store.ledger.latestByAddress(digestOf("nowhere")), undefined);
    assertEquals(store.ledger.executionsOfTask("add"), [second, other, first]);
    assertEquals(store.ledger.executionsOfTask("add", 2), [second, other]);
    assertEquals(store.ledger.executionsOfTask("no such task"), []);
  }));

Deno.test("producersOf() finds a node by its artifact and by each of its objects", () =>
  withStore((store) => {
    const one = makeNode(store, { name: "a" }, "same");
    const two = makeNode(store, { name: "b", started: "2026-02-01T00:00:00.000Z" }, "same");
    for (const digest of [one.output.digest, one.output.parts["text.txt"]!.digest]) {
      assertEquals(store.ledger.producersOf(digest), [two.key, one.key]);
    }
    assertEquals(store.ledger.producersOf(digestOf("nothing")), []);
  }));

Deno.test("consumersOf() finds who took a node's output, also from an earlier execution with the same output", () =>
  withStore((store) => {
    const source = makeNode(store, { name: "source" });
    const sink = makeNode(store, { name: "sink", inputs: [source, source] });
    // The source ran again under another key and made the same bytes: the sink was spared.
    const again = { ...source, key: digestOf("source again") };
    store.writeNode(again);
    // Something else made the same bytes: the sink has nothing to do with it.
    const twin = makeNode(store, { name: "twin" }, "content source");
    assertEquals(store.ledger.consumersOf(source.key), [sink.key]);
    assertEquals(store.ledger.consumersOf(again.key), [sink.key]);
    assertEquals(store.ledger.consumersOf(twin.key), []);
    assertEquals(store.ledger.consumersOf(sink.key), []);
  }));

Deno.test("a replaced or removed execution leaves no trace", () =>
  withStore((store) => {
    const source = makeNode(store, { name: "source" });
    const sink = makeNode(store, { name: "sink", inputs: [source] });
    const replaced = nodeRecord(store, { name: "sink" }, source.output);
    store.writeNode(replaced);
    assertEquals(store.readNode(sink.key), replaced);
    assertEquals(store.ledger.consumersOf(source.key), []);
    assertEquals(store.ledger.producersOf(sink.output.digest), []);
    assertEquals(store.ledger.producersOf(source.output.digest).length, 2);
    store.removeNode(sink.key);
    assertEquals(store.ledger.producersOf(source.output.digest), [source.key]);
    assertEquals(store.ledger.keys(), [source.key]);
  }));

Deno.test("meanSeconds() is the mean over a task's last executions", () =>
  withStore((store) => {
    assertEquals(store.ledger.meanSeconds("add"), undefined);
    for (let name = 0; name < 20; name++) {
      const started = `2026-01-01T00:00:${String(name).padStart(2, "0")}.000Z`;
      makeNode(store, { name, started, seconds: name });
    }
    // The last 16 took 4, 5, … 19 seconds.
    assertEquals(store.ledger.meanSeconds("add"), 11.5);
  }));

Deno.test("memo() gives what was last remembered, in this process and in the next", () =>
  withFolder((root) => {
    const store = openStore(root);
    assertEquals(store.ledger.memo("name"), undefined);
    store.ledger.remember("name", "one");
    store.ledger.remember("name", "two");
    assertEquals(store.ledger.memo("name"), "two");
    store.close();
    const again = openStore(root);
    assertEquals(again.ledger.memo("name"), "two");
    again.close();
  }));

Deno.test("together() keeps what was written when its work throws, and may be nested", () =>
  withStore((store) => {
    const { ledger } = store;
    try {
      ledger.together(() => {
        ledger.remember("a", "1");
        throw new RangeError();
      });
    } catch (error) {
      assert(error instanceof RangeError);
    }
    ledger.together(() => ledger.together(() => ledger.remember("b", "2")));
    assertEquals([ledger.memo("a"), ledger.memo("b")], ["1", "2"]);
  }));

const BROKEN: readonly (readonly [what: string, hurt: (index: string) => void])[] = [
  ["missing", (index) => Deno.removeSync(index)],
  ["empty", (index) => Deno.writeFileSync(index, new Uint8Array())],
  ["no database", (index) => Deno.writeTextFileSync(index, "no database ".repeat(1000))],
  ["cut off", (index) => Deno.truncateSync(index, 5000)],
  ["of another format", (index) => change(index, "pragma user_version = 99")],
  ["without its tables", (index) => change(index, "drop table node; drop table run")],
  ["with other tables", (index) => change(index, "drop table node; create table node (key text)")],
  ["without some nodes", (index) => change(index, "delete from node where key < '8'")],
  ["with nodes that have no file", (index) =>
    change(
      index,
      `insert into node (key, record) select 'x', replace(record, key, 'x') from node limit 1`,
    )],
  ["zeroed in the middle", (index) => {
    const content = Deno.readFileSync(index);
    Deno.writeFileSync(index, content.fill(0, 4096, content.byteLength - 4096));
  }],
  ["a folder", (index) => {
    Deno.removeSync(index);
    Deno.mkdirSync(`${index}/sub`, { recursive: true });
  }],
];

for (const [what, hurt] of BROKEN) {
  Deno.test(`an index that is ${what} is filled again from the files`, () =>
    withFolder((root) => {
      const store = openStore(root);
      const nodes = Array.from({ length: 40 }, (_, name) => makeNode(store, { name }));
      const run = runRecord("20260101-000000-0001", nodes);
      store.writeRun(run);
      store.close();
      hurt(`${root}/index.sqlite`);
      const again = openStore(root);
      for (const node of nodes) assertEquals(again.readNode(node.key), node);
      assertEquals(again.ledger.keys(), nodes.map((node) => node.key).sort());
      assertEquals(again.ledger.producersOf(nodes[3]!.output.digest), [nodes[3]!.key]);
      assertEquals(again.runs(), [run]);
      again.close();
    }));
}

Deno.test("a database that breaks between two questions is replaced without a word", () =>
  withFolder((root) => {
    const file = `${root}/index.sqlite`;
    let fills = 0;
    const ledger: Ledger = openLedger(file, (ledger) => {
      fills++;
      ledger.remember("filled", String(fills));
    }, (work) => work());
    assertEquals(ledger.memo("filled"), "1");
    change(file, "drop table memo");
    assertEquals(ledger.memo("filled"), "2");
    ledger.remember("filled", "by hand");
    assertEquals(ledger.memo("filled"), "by hand");
    ledger.close();
  }));

function change(index: string, sql: string): void {
  const database = new DatabaseSync(index);
  database.exec(sql);
  database.close();
}
