import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import * as Effect from "effect/Effect";
import { assemble } from "../../lib/assemble.ts";
import { label } from "../../lib/dag/node.ts";
import { type PresetName, PRESETS } from "../../lib/dag/pipeline.ts";
import { tost } from "../../pipelines/tost.ts";
import { smokeTwice } from "../fixtures/smoke.ts";

const assembled = (preset: PresetName) => Effect.runPromise(assemble(tost, { preset }));

/** What each claim must lie within, written down before anything was measured. */
const thresholds = {
  T1a: "0.8 to 1.2",
  T1b: "≥ 1.7",
  T1c: "≥ 20",
  T1d: "0.8 to 1.2",
  T1e: "≥ 1.7",
  T2: "≥ -3",
  T3: "< 0",
  "T3*": "< 0",
  T4: "> 0.02",
  T5a: "< 0",
  T5b: "< 0",
  T5c: "0 to 1",
  T5d: "0 to 1",
  T6a: "≤ 0.00001",
  T6b: "0 to 0",
  T7: "≥ -2",
  "T7*": "> 0",
  N1: "5.75 to 5.85",
  N2: "22.55 to 22.65",
  N3: "68.05 to 68.15",
  N4: "109.5 to 110.5",
  N5: "303.5 to 304.5",
  N6: "654.5 to 655.5",
  X1: "≥ -3",
  X2: "≥ -3",
  X3: "≥ -3",
  X4: "≤ 0.05",
  X5: "> 0",
  X6: "≤ 5",
};

Deno.test("every preset of tost claims the same things, within the same thresholds", async () => {
  for (const preset of PRESETS) {
    const { declared: { claims } } = await assembled(preset);
    assertEquals(Object.fromEntries(claims.map(({ id, expect }) => [id, expect.words])), thresholds);
  }
});

Deno.test("every ranking of tost rests on at least three seeds", async () => {
  for (const preset of PRESETS.filter((name) => name !== "smoke")) {
    const { seeds } = await assembled(preset);
    assert(seeds.length >= 3, `${preset} has ${seeds.length}`);
  }
});

Deno.test("TSSA and softmax attention are trained alike, seed by seed", async () => {
  const { nodes } = await assembled("quick");
  const paramsOf = (task: string) =>
    nodes.filter((node) => node.task.spec.name === task).map(({ params, inputs }) => {
      const { net, ...recipe } = params as { net: Record<string, unknown> };
      const { form: _, ...shared } = net;
      return { shared, recipe, inputs: Object.values(inputs).flat().map(label) };
    });
  assertEquals(paramsOf("train-tost"), paramsOf("train-softmax-twin"));
  assertEquals(paramsOf("train-tost-language"), paramsOf("train-softmax-language"));
});

Deno.test("the laptop preset of tost measures long sequences, and the quick one says why it does not", async () => {
  const claimed = async (preset: PresetName) =>
    (await assembled(preset)).declared.claims.find(({ id }) => id === "T7")!;
  assertStringIncludes((await claimed("quick")).outOfScale!, "the laptop preset");
  assertEquals((await claimed("laptop")).measure!.nodes.length, 6);
});

Deno.test("tost at the smoke preset runs from raw data to verdicts, and then not again", async () => {
  const first = await smokeTwice("tost");
  const verdicts = Object.fromEntries(
    (first.claims as unknown as { id: string; verdict: string }[]).map(({ id, verdict }) => [id, verdict]),
  );
  // Exact at any size: the two ways of reading agree, and the table's count of ToST-M is not that of the program.
  assertEquals([verdicts.T6a, verdicts.T6b, verdicts.N2, verdicts.N3], [
    "reproduced",
    "reproduced",
    "reproduced",
    "contradicted",
  ]);
  assertEquals(verdicts.T2, "out of scale");
});
