/** What the scheduler does about inputs that turn out to be corrupt. */
import { assert, assertEquals } from "@std/assert";
import { constant, double, sum } from "../fixtures/counting.ts";
import { objectOf, rot, run, temporaryStore, valueOf } from "../fixtures/run.ts";
import { heavy, heavySum, onceOnly } from "../fixtures/trouble.ts";

for (const [where, add] of [["inline", sum({ plus: 0 }, { terms: [] })], ["process", undefined]] as const) {
  Deno.test(`an input found corrupt when it is read is made again, and its reader goes on (${where})`, async () => {
    using store = temporaryStore();
    const one = constant({ value: 1 }, {});
    const other = constant({ value: 4 }, {});
    const before = await run(store, [one, other]);
    rot(store, objectOf(before, one));
    const end = add === undefined
      ? heavySum({}, { terms: [other, one] })
      : sum({ plus: 0 }, { terms: [other, one] });
    const after = await run(store, [end]);
    assertEquals(valueOf(store, after, end), 5);
    assertEquals(after.state(one), "ran");
    assertEquals(after.results.get(one.address)!.reasons.map(({ type }) => type), ["output-corrupt"]);
    assertEquals(after.hit, ["constant", "constant"]);
    const quarantined = after.events.filter((event) => event.type === "quarantined");
    assertEquals(quarantined.map(({ digest, producer }) => [digest, producer]), [[
      objectOf(before, one),
      one,
    ]]);
    assertEquals([...Deno.readDirSync(`${store.root}/quarantine`)].length, 1);
    assertEquals((await run(store, [end])).ran, []);
  });
}

Deno.test("an input that is corrupt however often it is made fails its reader", async () => {
  using store = temporaryStore();
  const one = constant({ value: 1 }, {});
  const end = double({}, { of: one });
  const outcome = await run(store, [end], {
    onEvent: (event) => {
      if (event.type === "finished" && event.node === one) {
        rot(store, Object.values(event.record.output.parts)[0]!.digest);
      }
    },
  });
  const { reason, message } = outcome.error(end);
  assertEquals(reason, "unusable");
  assert(/^object \w+ .*, again after 3 repairs: the disk may be failing$/.test(message), message);
  assertEquals(outcome.ran.filter((name) => name === "constant").length, 4);
});

Deno.test("many readers of one corrupt input share its repair", async () => {
  using store = temporaryStore();
  const one = constant({ value: 1 }, {});
  const before = await run(store, [one]);
  rot(store, objectOf(before, one));
  const readers = [1, 2, 3, 4, 5].map((plus) => sum({ plus }, { terms: [one] }));
  const after = await run(store, readers);
  assertEquals(readers.map((reader) => valueOf(store, after, reader)), [2, 3, 4, 5, 6]);
  assertEquals(after.events.filter((event) => event.type === "finished" && event.node === one).length, 1);
  assertEquals(after.events.filter((event) => event.type === "quarantined").length, 1);
});

Deno.test("a corrupt input that cannot be made again skips its reader", async () => {
  using store = temporaryStore();
  const one = onceOnly({}, {});
  rot(store, objectOf(await run(store, [one]), one));
  const end = sum({ plus: 0 }, { terms: [one] });
  const after = await run(store, [end]);
  assertEquals([after.state(one), after.state(end)], ["failed", "skipped"]);
  assertEquals(after.error(one).message, "spent");
});

for (const light of [true, false]) {
  Deno.test(`corrupt code is bundled again (${light ? "inline" : "process"})`, async () => {
    using store = temporaryStore();
    const make = (value: number) => light ? constant({ value }, {}) : heavy({ value, milliseconds: 0 }, {});
    const before = await run(store, [make(1)]);
    const { bundle } = before.results.get(make(1).address)!.record!.code;
    rot(store, bundle);
    const end = make(2);
    const after = await run(store, [end]);
    assertEquals(after.state(end), "ran");
    assertEquals(valueOf(store, after, end), 2);
    assertEquals(after.events.flatMap((event) => event.type === "quarantined" ? [event.digest] : []), [
      bundle,
    ]);
    store.checkObject(bundle);
  });
}
