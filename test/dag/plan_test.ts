import { assertEquals, assertRejects } from "@std/assert";
import * as Effect from "effect/Effect";
import { PipelineError } from "../../lib/dag/errors.ts";
import type { Node } from "../../lib/dag/node.ts";
import { plan } from "../../lib/dag/plan.ts";
import type { Store } from "../../lib/dag/store.ts";
import { constant, double, parity, sum } from "../fixtures/counting.ts";
import { objectOf, run, temporaryStore } from "../fixtures/run.ts";
import { usesClock } from "../fixtures/trouble.ts";

function planned(store: Store, roots: readonly Node[], force: (node: Node) => boolean = () => false) {
  return Effect.runPromise(plan(roots, { store, capabilities: {}, force }));
}

Deno.test("plan() of what never ran: the first is stale, the rest waits", async () => {
  using store = temporaryStore();
  const one = constant({ value: 1 }, {});
  const end = sum({ plus: 0 }, { terms: [one, double({}, { of: one })] });
  const found = await planned(store, [end]);
  assertEquals(found.map(({ node, state }) => [node.task.spec.name, state]), [
    ["constant", "stale"],
    ["double", "waiting"],
    ["sum", "waiting"],
  ]);
  assertEquals(found[0]!.reasons, [{ type: "never-ran" }]);
  assertEquals([...Deno.readDirSync(`${store.root}/nodes`)], []);
});

Deno.test("plan() of what ran is fresh, with its records", async () => {
  using store = temporaryStore();
  const end = double({}, { of: constant({ value: 1 }, {}) });
  const { results } = await run(store, [end]);
  const found = await planned(store, [end]);
  assertEquals(found.map(({ state }) => state), ["fresh", "fresh"]);
  assertEquals(
    found.map(({ record }) => record?.key),
    [...results.values()].map(({ record }) => record!.key),
  );
});

Deno.test("plan() compares with what ran in the same place, else with the nearest of the same task", async () => {
  using store = temporaryStore();
  await run(store, [1, 5].map((value) => parity({}, { of: constant({ value }, {}) })));
  const [first, second] = await planned(store, [parity({}, { of: constant({ value: 6 }, {}) })]);
  assertEquals(first!.reasons.map(({ type }) => type), ["params"]);
  assertEquals([first!.before?.task, first!.facts?.params], ["constant", { value: 6 }]);
  assertEquals(second!.state, "waiting");
});

Deno.test("plan() does not take a sibling for a node's past", async () => {
  using store = temporaryStore();
  await run(store, [constant({ value: 1 }, {})]);
  const found = await planned(store, [constant({ value: 1 }, {}), constant({ value: 2 }, {})]);
  assertEquals(found.map(({ state, reasons }) => [state, reasons]), [
    ["fresh", []],
    ["stale", [{ type: "never-ran" }]],
  ]);
});

Deno.test("plan() tells what is missing, and what is forced", async () => {
  using store = temporaryStore();
  const one = constant({ value: 1 }, {});
  const outcome = await run(store, [one]);
  const forced = await planned(store, [one], (node) => node === one);
  assertEquals(forced[0]!.reasons, [{ type: "forced" }]);
  await Deno.remove(store.objectPath(objectOf(outcome, one)));
  const [missing] = await planned(store, [one]);
  assertEquals([missing!.state, missing!.reasons.map(({ type }) => type)], ["stale", ["output-missing"]]);
});

Deno.test("plan() refuses a task whose capability nobody provides", async () => {
  using store = temporaryStore();
  await assertRejects(() => planned(store, [usesClock({ number: 1 }, {})]), PipelineError, "no capability");
});
