import { assert, assertEquals, assertRejects } from "@std/assert";
import { PipelineError } from "../../lib/dag/errors.ts";
import type { Node } from "../../lib/dag/node.ts";
import { openStore, type Store } from "../../lib/dag/store.ts";
import { constant, double, parity, sum } from "../fixtures/counting.ts";
import { objectOf, run, temporaryStore, valueOf } from "../fixtures/run.ts";
import { heavy, heavySum } from "../fixtures/trouble.ts";

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
    run(other, [heavy({ value: 9, milliseconds: 2500 }, {}), ...nodes], { cores: 1 }),
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
