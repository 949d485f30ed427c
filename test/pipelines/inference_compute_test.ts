import { assert, assertEquals } from "@std/assert";
import * as Effect from "effect/Effect";
import { assemble } from "../../lib/assemble.ts";
import { type PresetName, PRESETS } from "../../lib/dag/pipeline.ts";
import { inferenceCompute } from "../../pipelines/inference_compute.ts";
import { inferenceComputePresets } from "../../pipelines/inference_compute_presets.ts";
import { smokeTwice } from "../fixtures/smoke.ts";

const assembled = (preset: PresetName) => Effect.runPromise(assemble(inferenceCompute, { preset }));

/** What each claim must lie within, written down before anything was measured. */
const thresholds = {
  I0: "≥ 0.9",
  I1a: "≤ -0.5",
  I1b: "≤ 0.5",
  I2: "≥ 0.5",
  I3: "≥ 0",
  I4: "> 0",
  I5a: "> 0",
  I5b: "> 0",
  I6: "> 0.7",
  I7: "≤ 3",
  I8: "< 0",
  X1: "≤ -0.5",
  X2: "> 0",
  X3: "≤ 3",
  X4: "> 0",
};

Deno.test("every preset of inference-compute claims the same things, within the same thresholds", async () => {
  for (const preset of PRESETS) {
    const { declared: { claims } } = await assembled(preset);
    assertEquals(Object.fromEntries(claims.map(({ id, expect }) => [id, expect.words])), thresholds);
  }
});

Deno.test("what the paper says of inference-time compute is marked as reconstructed", async () => {
  const { declared: { claims } } = await assembled("laptop");
  const paper = claims.filter(({ extension }) => extension !== true);
  assert(paper.every(({ evidence }) => evidence === "reconstructed"));
});

Deno.test("every ranking of inference-compute rests on at least three seeds", async () => {
  for (const preset of PRESETS.filter((name) => name !== "smoke")) {
    const { seeds } = await assembled(preset);
    assert(seeds.length >= 3, `${preset} has ${seeds.length}`);
  }
});

Deno.test("no attack is in what the arithmetic model is trained on", async () => {
  const { nodes } = await assembled("quick");
  const trained = nodes.filter((node) => node.task.spec.name === "train-arithmetic");
  assertEquals(trained.length, 3);
  assert(trained.every(({ inputs }) => Object.keys(inputs).length === 0));
});

Deno.test("think-less has as many copies as one of many-shot's strengths, with which it is compared", () => {
  for (const { thinkLess, shots, layout } of Object.values(inferenceComputePresets)) {
    assert(shots.includes(thinkLess));
    assert(10 * Math.max(...shots) <= layout.slot && 10 * thinkLess + 1 <= layout.slot);
  }
});

Deno.test("inference-compute at the smoke preset runs from questions to verdicts, and then not again", async () => {
  const first = await smokeTwice("inference-compute");
  assertEquals((first.claims as unknown as { verdict: string }[]).length, Object.keys(thresholds).length);
});
