import { assert, assertEquals } from "@std/assert";
import * as Effect from "effect/Effect";
import { assemble } from "../../lib/assemble.ts";
import { type PresetName, PRESETS } from "../../lib/dag/pipeline.ts";
import type { Node } from "../../lib/dag/node.ts";
import { iclCalibration } from "../../pipelines/icl_calibration.ts";
import { smokeTwice } from "../fixtures/smoke.ts";

const assembled = (preset: PresetName) => Effect.runPromise(assemble(iclCalibration, { preset }));

/** What each claim must lie within, written down before anything was measured. */
const thresholds = {
  C1: "≤ 1e-9",
  C2a: "> 0",
  C2b: "> 0",
  C2c: "> 0",
  C2d: "> 0",
  C3: "> 0",
  C4a: "> 0",
  C4b: "< 0",
  C5: "≤ 0.8",
  C5b: "≤ 0.8",
  C6a: "0 to 0",
  C6b: "> 0",
  C6c: "> 0",
  C7a: "≥ 0",
  C7b: "≥ 0",
  C8: "≤ 0.000002",
  C9: "> 0",
  X1a: "< 0",
  X1b: "> 0",
  X2a: "< 0",
  X2b: "> 0",
  X3a: "< 0",
  X3b: "> 0",
  X4a: "≤ 0",
  X4b: "> 0",
  X4c: "> 0",
  X4d: "≤ 0",
};

/** The larger presets have questions enough to tell a hump of two hundredths. */
const humps = { C2a: "> 0.02", C2b: "> 0.02", C2c: "> 0.02", C2d: "> 0.02" };

Deno.test("every preset of icl-calibration claims the same things, within the thresholds of its size", async () => {
  for (const preset of PRESETS) {
    const { declared: { claims } } = await assembled(preset);
    const expected = preset === "laptop" || preset === "paper" ? { ...thresholds, ...humps } : thresholds;
    assertEquals(Object.fromEntries(claims.map(({ id, expect }) => [id, expect.words])), expected);
  }
});

Deno.test("every ranking of icl-calibration rests on at least three draws of demonstrations", async () => {
  for (const preset of PRESETS.filter((name) => name !== "smoke")) {
    const { seeds } = await assembled(preset);
    assert(seeds.length >= 3, `${preset} has ${seeds.length}`);
  }
});

Deno.test("no text is judged that a learner was shown or recalibrated on", async () => {
  for (const preset of ["quick", "laptop", "paper"] as const) {
    const { nodes } = await assembled(preset);
    const taken = nodes.map(({ task, params }) => ({ name: task.spec.name, params })).filter(({ params }) =>
      typeof params === "object" && params !== null && "skip" in params
    ) as unknown as { name: string; params: { split: string; skip: number; count: number } }[];
    for (const name of new Set(taken.map((one) => one.name))) {
      const parts = taken.filter((one) => one.name === name && one.params.split === "train")
        .map(({ params }) => [params.skip, params.skip + params.count] as const).sort((a, b) => a[0] - b[0]);
      parts.slice(1).forEach(([start], place) => assert(start >= parts[place]![1], `${preset}, ${name}`));
    }
  }
});

Deno.test("a language model is asked the same questions whatever it is shown", async () => {
  const { nodes } = await assembled("quick");
  const asked = nodes.filter(({ task }) => task.spec.name === "ask-smollm2").map(({ inputs }) =>
    (inputs.questions as Node).address
  );
  assertEquals(new Set(asked).size, 2); // those to be judged, and those to calibrate on
  assert(asked.length > 20);
});

Deno.test("icl-calibration at the smoke preset runs from raw data to verdicts, and then not again", async () => {
  const first = await smokeTwice("icl-calibration");
  const verdicts = Object.fromEntries(
    (first.claims as unknown as { id: string; verdict: string }[]).map(({ id, verdict }) => [id, verdict]),
  );
  // Exact at any size.
  assertEquals([verdicts.C1, verdicts.C6a], ["reproduced", "reproduced"]);
  assertEquals(verdicts.C2a, "out of scale");
});
