import { assertEquals } from "@std/assert";
import { type Described, distinguish } from "../../lib/report/distinguish.ts";

const node = (address: string, task: string, params: unknown, ...inputs: readonly string[]): Described => ({
  address,
  task,
  params,
  inputs: inputs.map((one) => ({ address: one })),
});

Deno.test("distinguish() names what differs, by value where that is a word", () => {
  const nodes = [
    node("a", "train", { net: { kind: "tost", width: 48 }, seed: 0, causal: true }),
    node("b", "train", { net: { kind: "vit", width: 48 }, seed: 0, causal: false }),
  ];
  assertEquals([...distinguish(nodes).values()], ["tost, causal", "vit, no causal"]);
});

Deno.test("distinguish() looks at the nodes before, when a task's own parameters are alike", () => {
  const nodes = [
    node("t0", "train", { seed: 0 }),
    node("t1", "train", { seed: 1 }),
    node("e0", "accuracy", {}, "t0"),
    node("e1", "accuracy", {}, "t1"),
  ];
  assertEquals([...distinguish(nodes).values()], ["seed 0", "seed 1", "seed 0", "seed 1"]);
});

Deno.test("distinguish() leaves out what the nodes before disagree on", () => {
  const nodes = [
    node("t0", "train", { seed: 0 }),
    node("t1", "train", { seed: 1 }),
    node("p0", "plot", { colour: "red" }, "t0", "t1"),
    node("p1", "plot", { colour: "blue" }, "t0", "t1"),
  ];
  assertEquals(distinguish(nodes).get("p0"), "red");
});

Deno.test("distinguish() describes ten thousand nodes of one task at once", () => {
  const nodes = Array.from({ length: 10_000 }, (_, seed) => node(`${seed}`, "train", { seed, rate: 0.1 }));
  let looks = 0;
  const watched = nodes.map((one) => ({
    ...one,
    get params() {
      looks++;
      return one.params;
    },
  }));
  assertEquals(distinguish(watched).get("9999"), "seed 9999");
  assertEquals(looks, nodes.length);
});
