import { assert, assertEquals } from "@std/assert";
import { keepsToItself } from "../../lib/dag/executor/inline.ts";
import { constant, double } from "../fixtures/counting.ts";
import { run, temporaryStore, valueOf } from "../fixtures/run.ts";
import * as trouble from "../fixtures/trouble.ts";

Deno.test("light tasks hold their inputs one after the other", async () => {
  using store = temporaryStore();
  const nodes = [1, 2, 3, 4, 5].map((value) => double({}, { of: constant({ value }, {}) }));
  let held = 0;
  let most = 0;
  const watched: typeof store = {
    ...store,
    readParts: (artifact) => {
      held += 1;
      most = Math.max(most, held);
      return store.readParts(artifact);
    },
    writeNode: (record) => {
      if (record.inputs.length > 0) held -= 1;
      store.writeNode(record);
    },
  };
  const { results } = await run(watched, nodes);
  assert(nodes.every(({ address }) => results.get(address)!.record!.executor === "inline"));
  assertEquals([most, held], [1, 0]);
});

Deno.test("a light task whose code reaches for the system runs in a process", async () => {
  using store = temporaryStore();
  const node = trouble.pretends({}, {});
  const outcome = await run(store, [node]);
  assertEquals(outcome.results.get(node.address)!.record!.executor, "process");
  assert(valueOf(store, outcome, node) !== Deno.pid);
});

Deno.test("keepsToItself() looks for every way out", () => {
  for (
    const out of [
      "Deno.env",
      "process.env.X",
      "globalThis['Deno']",
      "fetch('x')",
      "eval('1')",
      "new Worker('x')",
      "new Function('x')",
      "Function ('x')",
      `import fs from "node:fs"`,
      `import("node:child_process")`,
      "import(path)",
      "import( `./${name}.ts`)",
      "new WebSocket('ws://x')",
    ]
  ) assertEquals(keepsToItself(`const a=1;${out};`), false, out);
  for (
    const own of [
      "const processed=1",
      "x.prefetch()",
      "function f(){}",
      `import{inspect}from"node:util"`,
      `await import("@observablehq/plot")`,
    ]
  ) {
    assertEquals(keepsToItself(own), true, own);
  }
});
