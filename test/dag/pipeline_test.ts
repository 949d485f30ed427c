import { assert, assertEquals, assertLess, assertThrows } from "@std/assert";
import { PipelineError } from "../../lib/dag/errors.ts";
import { dependencies, type Node } from "../../lib/dag/node.ts";
import { checkClaims, closure, pipeline, PRESETS } from "../../lib/dag/pipeline.ts";
import { constant, double, sum } from "../fixtures/counting.ts";

Deno.test("closure() holds each node once, after the nodes wired into it", () => {
  const one = constant({ value: 1 }, {});
  const two = double({}, { of: one });
  const three = sum({ plus: 0 }, { terms: [one, two] });
  const alone = constant({ value: 9 }, {});
  assertEquals(closure([three, alone, two]), [one, two, three, alone]);
  assertEquals(closure([]), []);
});

Deno.test("closure() keeps one of two nodes that are equal", () => {
  const nodes = closure([
    double({}, { of: constant({ value: 1 }, {}) }),
    double({}, { of: constant({ value: 1 }, {}) }),
  ]);
  assertEquals(nodes.length, 2);
});

Deno.test("closure() of random graphs is a topological order of exactly the reachable nodes", () => {
  let state = 1;
  const random = (below: number) => (state = (state * 48271) % 2147483647) % below;
  for (let round = 0; round < 50; round++) {
    const nodes: Node[] = [];
    for (let index = 0; index < 30; index++) {
      const terms = Array.from({ length: random(4) }, () => nodes[random(nodes.length || 1)])
        .filter((term) => term !== undefined);
      nodes.push(sum({ plus: index }, { terms: terms as never }));
    }
    const root = nodes[random(nodes.length)]!;
    const ordered = closure([root]);
    const position = new Map(ordered.map((node, index) => [node.address, index]));
    assertEquals(position.size, ordered.length);
    for (const node of ordered) {
      for (const input of dependencies(node)) {
        assertLess(position.get(input.address)!, position.get(node.address)!);
      }
    }
    const reachable = new Set<string>();
    const reach = (node: Node) => {
      reachable.add(node.address);
      dependencies(node).forEach(reach);
    };
    reach(root);
    assertEquals(new Set(position.keys()), reachable);
  }
});

Deno.test("closure() names the nodes of a cycle", () => {
  const wires: { of: Node } = { of: constant({ value: 1 }, {}) };
  const first = { ...double({}, wires as never), inputs: wires, address: "1".repeat(64) };
  const second = { ...first, inputs: { of: first }, address: "2".repeat(64) };
  wires.of = second;
  const error = assertThrows(() => closure([second]), PipelineError);
  assertEquals(
    error.message,
    "the pipeline has a cycle: double-222222 → double-111111 → double-222222",
  );
});

Deno.test("closure() refuses two tasks of one name, whose nodes would have one address", () => {
  const other = Object.assign(double.bind(null), {
    spec: double.spec,
    origin: { module: "file:///a/other.ts" },
  });
  const one = double({}, { of: constant({ value: 1 }, {}) });
  const two: Node = { ...one, task: other as unknown as Node["task"] };
  assertEquals(two.address, one.address);
  const error = assertThrows(() => closure([one, two]), PipelineError);
  assertEquals(
    error.message,
    "two tasks are called double, one in counting.ts and one in other.ts: give one of them another name",
  );
});

Deno.test("closure() of a chain of 20,000 nodes does not overflow the stack", () => {
  let last: Node = constant({ value: 1 }, {});
  for (let depth = 1; depth < 20_000; depth++) last = double({}, { of: last as never });
  assertEquals(closure([last]).length, 20_000);
});

Deno.test("checkClaims() refuses two claims of one id, by name", () => {
  checkClaims("tost", [{ id: "T1" }, { id: "T2" }]);
  const error = assertThrows(
    () => checkClaims("tost", [{ id: "T1" }, { id: "T2" }, { id: "T1" }]),
    PipelineError,
  );
  assertEquals(error.message, "pipeline tost has two claims with the id T1");
});

Deno.test("pipeline() declares without building", () => {
  let built = 0;
  const counting = pipeline({
    name: "counting",
    about: "Counts.",
    paper: { title: "On counting" },
    presets: { smoke: 1, quick: 2, laptop: 3, paper: 4 },
    build: ({ preset, seeds }) => {
      built++;
      return { figures: [], claims: [], also: seeds.map((seed) => constant({ value: preset * seed }, {})) };
    },
  });
  assertEquals(built, 0);
  const { also = [] } = counting.build({ preset: counting.presets.quick, name: "quick", seeds: [1, 2] });
  assertEquals(also.map((node) => node.params), [{ value: 2 }, { value: 4 }]);
  assert(PRESETS.every((name) => name in counting.presets));
});
