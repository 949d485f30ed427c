import { assert, assertEquals, assertGreaterOrEqual, assertRejects } from "@std/assert";
import { PipelineError } from "../../lib/dag/errors.ts";
import { label, type Node } from "../../lib/dag/node.ts";
import { openStore, type Store } from "../../lib/dag/store.ts";
import { constant, double, parity, sum } from "../fixtures/counting.ts";
import { objectOf, rot, run, temporaryStore, valueOf } from "../fixtures/run.ts";
import { fails, flaky, heavy, heavySum, onceOnly, throws } from "../fixtures/trouble.ts";

Deno.test("execute() runs what never ran, and then nothing", async () => {
  using store = temporaryStore();
  const one = constant({ value: 1 }, {});
  const end = sum({ plus: 10 }, { terms: [one, double({}, { of: one })] });
  const first = await run(store, [end]);
  assertEquals([first.ran, first.hit], [["constant", "double", "sum"], []]);
  assertEquals(valueOf(store, first, end), 13);
  assertEquals(first.results.get(end.address)!.reasons, [{ type: "never-ran" }]);
  const second = await run(store, [end]);
  assertEquals([second.ran, second.hit], [[], ["constant", "double", "sum"]]);
  assertEquals(valueOf(store, second, end), 13);
});

Deno.test("execute() runs one that differs, and says in what", async () => {
  using store = temporaryStore();
  await run(store, [double({}, { of: constant({ value: 1 }, {}) })]);
  const end = double({}, { of: constant({ value: 2 }, {}) });
  const outcome = await run(store, [end]);
  assertEquals(outcome.ran, ["constant", "double"]);
  const [first, second] = [...outcome.results.values()];
  assertEquals(first!.reasons, [{ type: "params", path: "value", before: 1, after: 2 }]);
  assertEquals(second!.reasons.map(({ type }) => type), ["inputs"]);
  assertEquals(outcome.results.get(end.address)!.record!.reasons, ["input of changed (made by constant)"]);
});

Deno.test("execute() stops the wave where the same bytes come out", async () => {
  using store = temporaryStore();
  const chain = (value: number) => double({}, { of: parity({}, { of: constant({ value }, {}) }) });
  await run(store, [chain(3)]);
  const outcome = await run(store, [chain(5)]);
  assertEquals([outcome.ran, outcome.hit], [["constant", "parity"], ["double"]]);
});

Deno.test("execute() runs each node once, however many need it", async () => {
  using store = temporaryStore();
  let layer: readonly ReturnType<typeof double>[] = [constant({ value: 1 }, {}), constant({ value: 2 }, {})];
  // A ladder of diamonds: 2^20 paths lead through it.
  for (let depth = 0; depth < 20; depth++) {
    layer = [0, 1].map((plus) => sum({ plus: plus + depth }, { terms: layer }));
  }
  const outcome = await run(store, layer);
  assertEquals(outcome.ran.length, 42);
});

Deno.test("execute() makes a missing output again, and only that", async () => {
  using store = temporaryStore();
  const one = constant({ value: 1 }, {});
  const end = double({}, { of: one });
  const before = await run(store, [end]);
  await Deno.remove(store.objectPath(objectOf(before, one)));
  const after = await run(store, [end]);
  assertEquals([after.ran, after.hit], [["constant"], ["double"]]);
  assertEquals(after.results.get(one.address)!.reasons.map(({ type }) => type), ["output-missing"]);
});

Deno.test("execute() runs what is forced, and what its output changes: nothing, here", async () => {
  using store = temporaryStore();
  const one = constant({ value: 1 }, {});
  const end = double({}, { of: one });
  await run(store, [end]);
  const outcome = await run(store, [end], { force: (node) => node === one });
  assertEquals([outcome.ran, outcome.hit], [["constant"], ["double"]]);
  assertEquals(outcome.results.get(one.address)!.reasons, [{ type: "forced" }]);
});

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

Deno.test("a failure ends the run; what did not start is interrupted or skipped", async () => {
  using store = temporaryStore();
  const bad = fails({ milliseconds: 0 }, { after: [] });
  const behind = double({}, { of: bad });
  const slow = heavy({ value: 1, milliseconds: 60_000 }, {});
  const outcome = await run(store, [behind, slow, double({}, { of: slow })]);
  assertEquals(outcome.state(bad), "failed");
  assertEquals(outcome.state(behind), "skipped");
  assertEquals(outcome.state(slow), "interrupted");
  const error = outcome.error(bad);
  assertEquals(error.node, label(bad));
  assertEquals(error.reason, "failed");
  assertEquals(error.message, "Sorrow: the data are sad");
  assertEquals(error.remedy, "cheer them up");
  assertEquals(error.log, ["about to fail"]);
});

Deno.test("with keepGoing, other branches go on after a failure", async () => {
  using store = temporaryStore();
  const bad = throws({}, {});
  const behind = double({}, { of: bad });
  const further = double({}, { of: behind });
  const good = heavy({ value: 1, milliseconds: 100 }, {});
  const mixed = sum({ plus: 0 }, { terms: [good, bad] });
  const outcome = await run(store, [further, mixed, double({}, { of: good })], { keepGoing: true });
  const states = [bad, behind, further, good, mixed].map(outcome.state);
  assertEquals(states, ["failed", "skipped", "skipped", "ran", "skipped"]);
  assertEquals(outcome.error(bad).message, "RangeError: index 7 is out of bounds");
  const because = outcome.events.flatMap((event) =>
    event.type === "skipped" ? [[event.node, event.because]] : []
  );
  assertEquals(because, [[behind, bad], [further, behind], [mixed, bad]]);
  assertEquals(outcome.ran.filter((name) => name === "double").length, 1);
});

Deno.test("a failed node is tried again as often as its task says, each time later", async () => {
  using store = temporaryStore();
  const lucky = flaky({ succeedsAt: 3 }, {});
  const started = performance.now();
  const outcome = await run(store, [lucky]);
  assertEquals(valueOf(store, outcome, lucky), 3);
  assertEquals(outcome.ran, ["flaky", "flaky", "flaky"]);
  const attempts = outcome.events.flatMap((event) => event.type === "started" ? [event.attempt] : []);
  assertEquals(attempts, [1, 2, 3]);
  const retries = outcome.events.flatMap((event) => event.type === "retrying" ? [event.error.message] : []);
  assertEquals(retries, ["try 1 failed", "try 2 failed"]);
  assertGreaterOrEqual(performance.now() - started, 250 + 500);
});

Deno.test("a node that fails more often than that fails", async () => {
  using store = temporaryStore();
  const unlucky = flaky({ succeedsAt: 4 }, {});
  const outcome = await run(store, [unlucky]);
  assertEquals(outcome.state(unlucky), "failed");
  assertEquals(outcome.error(unlucky).message, "try 3 failed");
});

Deno.test("ready nodes start by the longest path behind them", async () => {
  using store = temporaryStore();
  const long = heavy({ value: 1, milliseconds: 1 }, {});
  const short = heavy({ value: 2, milliseconds: 1 }, {});
  let end: Node = long;
  for (let depth = 0; depth < 3; depth++) end = heavySum({}, { terms: [end as never] });
  const outcome = await run(store, [short, end], { cores: 1 });
  const started = outcome.events.flatMap((event) => event.type === "started" ? [event.node] : []);
  assertEquals(started[0], long);
});

Deno.test("two schedulers at once share the work: every heavy node runs once in all", async () => {
  using store = temporaryStore();
  const other = openStore(store.root);
  const leaves = [1, 2, 3].map((value) => heavy({ value, milliseconds: 150 }, {}));
  const end = heavySum({}, { terms: leaves });
  const [one, two] = await Promise.all([run(store, [end]), run(other, [end])]);
  other.close();
  assertEquals([...one.ran, ...two.ran].sort(), ["heavy", "heavy", "heavy", "heavy-sum"]);
  assertEquals([valueOf(store, one, end), valueOf(store, two, end)], [6, 6]);
  assert([...one.events, ...two.events].some((event) => event.type === "waiting"));
});

Deno.test("a scheduler that starts late takes over what another has made meanwhile", async () => {
  using store = temporaryStore();
  const other = openStore(store.root);
  // Both appraise at once; the second has one core, and its second node waits for that while the first makes both.
  const nodes = [1, 2].map((value) => heavy({ value, milliseconds: 400 }, {}));
  const [one, two] = await Promise.all([
    run(store, nodes),
    run(other, [heavy({ value: 9, milliseconds: 1500 }, {}), ...nodes], { cores: 1 }),
  ]);
  other.close();
  assertEquals([one.ran.length, two.ran.length], [2, 1]);
  assertEquals(nodes.map((node) => two.state(node)), ["hit", "hit"]);
});

Deno.test("an unusable store ends the run with its error", async () => {
  using store = temporaryStore();
  const end = double({}, { of: constant({ value: 1 }, {}) });
  await run(store, [end]);
  await Deno.remove(`${store.root}/objects`, { recursive: true });
  await Deno.writeTextFile(`${store.root}/objects`, "a file stands here");
  const error = await assertRejects(
    () => run(store, [double({}, { of: constant({ value: 2 }, {}) })]),
    Error,
  );
  assert(/cannot \w+ .*objects/.test(error.message), error.message);
});

Deno.test("a cycle ends the run before anything starts", async () => {
  using store = temporaryStore();
  const wires: { of: Node } = { of: constant({ value: 1 }, {}) };
  const loop = { ...double({}, wires as never), inputs: wires };
  wires.of = loop;
  await assertRejects(() => run(store, [loop]), PipelineError, "the pipeline has a cycle");
});

Deno.test("what execute() asks of the store grows with the number of nodes, cold and again", async () => {
  const asked = async (depth: number) => {
    using store = temporaryStore();
    const counts: Record<string, number> = {};
    const counted = <F extends (...args: never[]) => unknown>(name: string, act: F): F =>
      ((...args: never[]) => {
        counts[name] = (counts[name] ?? 0) + 1;
        return act(...args);
      }) as F;
    const { ledger } = store;
    const counting: Store = {
      ...store,
      readNode: counted("readNode", store.readNode),
      presence: counted("presence", store.presence),
      readParts: counted("readParts", store.readParts),
      putArtifact: counted("putArtifact", store.putArtifact),
      writeNode: counted("writeNode", store.writeNode),
      ledger: {
        ...ledger,
        latestByAddress: counted("latestByAddress", ledger.latestByAddress),
        executionsOfTask: counted("executionsOfTask", ledger.executionsOfTask),
        meanSeconds: counted("meanSeconds", ledger.meanSeconds),
      },
    };
    let layer: readonly ReturnType<typeof double>[] = [];
    for (let level = 0; level < depth; level++) {
      layer = Array.from({ length: 10 }, (_, index) => {
        const terms = level === 0 ? [] : [layer[index]!, layer[index ^ 1]!];
        return sum({ plus: level * 10 + index }, { terms });
      });
    }
    await run(counting, layer);
    await run(counting, layer);
    return counts;
  };
  const [small, large] = [await asked(10), await asked(40)];
  assertEquals(large.readNode, 4 * small.readNode!);
  assertEquals(large.presence, 4 * small.presence!);
  assertEquals(large.putArtifact, 4 * small.putArtifact!);
  assertEquals(large.writeNode, 4 * small.writeNode!);
  assertEquals(large.latestByAddress, 4 * small.latestByAddress!);
  assertEquals([large.executionsOfTask, large.meanSeconds], [small.executionsOfTask, small.meanSeconds]);
});

Deno.test("execute() of nothing does nothing", async () => {
  using store = temporaryStore();
  assertEquals((await run(store, [])).results.size, 0);
});

Deno.test("execute() of a chain of 20,000 does not overflow the stack", async () => {
  using store = temporaryStore();
  let end: Node = constant({ value: 0 }, {});
  for (let depth = 1; depth < 20_000; depth++) end = parity({}, { of: end as never });
  // The parity of 0 is 0 again: from the second on, each finds what the one before it made.
  const outcome = await run(store, [end]);
  assertEquals(outcome.results.size, 20_000);
  assertEquals([outcome.ran, outcome.state(end)], [["constant", "parity"], "hit"]);
});
