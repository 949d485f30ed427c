import { ancestors, descendants, type Lineage } from "../../lib/dag/lineage.ts";
import type { NodeRecord } from "../../lib/dag/record.ts";
import { assert, assertEquals } from "@std/assert";
import { digestOf, makeNode, withStore } from "./store_fixture.ts";

Deno.test("ancestors() and descendants() follow every input, and no other node", () =>
  withStore((store) => {
    const data = makeNode(store, { name: "data" });
    const noisy = makeNode(store, { name: "noisy", inputs: [data] });
    const model = makeNode(store, { name: "model", inputs: [noisy] });
    const score = makeNode(store, { name: "score", inputs: [model, data] });
    const other = makeNode(store, { name: "other", inputs: [data] });

    const up = ancestors(store, score.key);
    assertEquals(keys(up), [score, model, data, noisy].map((node) => node.key));
    assertEquals(up.nodes.get(noisy.key), noisy);
    assertEquals(up.edges, [
      { from: model.key, to: score.key, input: "input0" },
      { from: data.key, to: score.key, input: "input1" },
      { from: noisy.key, to: model.key, input: "input0" },
      { from: data.key, to: noisy.key, input: "input0" },
    ]);

    const down = descendants(store, data.key);
    assertEquals(new Set(keys(down)), new Set([data, noisy, score, other, model].map((node) => node.key)));
    assertEquals(down.edges.length, 5);
    assertEquals(keys(descendants(store, score.key)), [score.key]);
    assertEquals(descendants(store, score.key).edges, []);
  }));

Deno.test("lineage says what it does not know: a removed record, an unknown key", () =>
  withStore((store) => {
    const data = makeNode(store, { name: "data" });
    const model = makeNode(store, { name: "model", inputs: [data] });
    store.removeNode(data.key);
    const up = ancestors(store, model.key);
    assertEquals([...up.nodes], [[model.key, model], [data.key, undefined]]);
    assertEquals(up.edges.length, 1);
    const unknown = digestOf("unknown");
    assertEquals([...descendants(store, unknown).nodes], [[unknown, undefined]]);
  }));

Deno.test("descendants() of a rerun that made the same bytes are those of the first", () =>
  withStore((store) => {
    const data = makeNode(store, { name: "data" });
    const model = makeNode(store, { name: "model", inputs: [data] });
    const again: NodeRecord = { ...data, key: digestOf("again") };
    store.writeNode(again);
    assertEquals(keys(descendants(store, again.key)), [again.key, model.key]);
    assertEquals(descendants(store, again.key).edges, [{
      from: again.key,
      to: model.key,
      input: "input0",
    }]);
  }));

Deno.test("lineage through a ladder of 300 diamonds is linear: 2^300 ways, 600 nodes", () =>
  withStore((store) => {
    let rung: readonly NodeRecord[] = [];
    for (let depth = 0; depth < 300; depth++) {
      rung = [0, 1].map((side) => makeNode(store, { name: `${depth} ${side}`, inputs: rung }));
    }
    const up = ancestors(store, rung[0]!.key);
    assertEquals(up.nodes.size, 599);
    assertEquals(up.edges.length, 2 + 298 * 4);
    const down = descendants(store, digestOf("key 0 0"));
    assertEquals(down.nodes.size, 599);
    assert([...down.nodes.values()].every((record) => record !== undefined));
  }));

function keys(lineage: Lineage): readonly string[] {
  return [...lineage.nodes.keys()];
}
