import { assert, assertEquals } from "@std/assert";
import * as Effect from "effect/Effect";
import { assemble } from "../../lib/assemble.ts";
import { label } from "../../lib/dag/node.ts";
import { type PresetName, PRESETS } from "../../lib/dag/pipeline.ts";
import { countParameters } from "../../lib/nn/parameters.ts";
import { crateMae as crateMaeNetwork } from "../../lib/nn/crate_mae.ts";
import { vitMae } from "../../lib/nn/vit_mae.ts";
import { crateMae } from "../../pipelines/crate_mae.ts";
import { crateMaePresets } from "../../pipelines/crate_mae_presets.ts";
import { smokeTwice } from "../fixtures/smoke.ts";

const assembled = (preset: PresetName) => Effect.runPromise(assemble(crateMae, { preset }));

/** What each claim must lie within, written down before anything was measured. */
const thresholds = {
  M1a: "< 0.75",
  M1b: "< 0",
  M2: "0.305 to 0.315",
  M3: "≤ 1.25",
  "M3*": "≤ 1.25",
  M7: "> 0",
  M4a: "≥ 10",
  M4b: "≥ 10",
  "M4*": "> 0",
  M5a: "< 0",
  M5b: "> 0",
  M5c: "< 0",
  "M5a*": "< 0",
  "M5b*": "> 0",
  "M5c*": "< 0",
  M6: "> 0",
  "M6*": "> 0",
  N1: "25.35 to 25.45",
  N2: "44.55 to 44.65",
  N3: "143.75 to 143.85",
  N4: "47.55 to 47.65",
  X1: "≤ 1.25",
  X2: "≤ 1.25",
  X3: "≥ -3",
  X4: "≤ 1.25",
};

Deno.test("every preset of crate-mae claims the same things, within the same thresholds", async () => {
  for (const preset of PRESETS) {
    const { declared: { claims } } = await assembled(preset);
    assertEquals(Object.fromEntries(claims.map(({ id, expect }) => [id, expect.words])), thresholds);
  }
});

Deno.test("every ranking of crate-mae rests on at least three seeds", async () => {
  for (const preset of PRESETS.filter((name) => name !== "smoke")) {
    const { seeds } = await assembled(preset);
    assert(seeds.length >= 3, `${preset} has ${seeds.length}`);
  }
});

Deno.test("CRATE-MAE and both ViT-MAEs are trained alike, seed by seed", async () => {
  const { nodes } = await assembled("quick");
  const recipesOf = (task: string) =>
    nodes.filter((node) => node.task.spec.name === task).map(({ params, inputs }) => {
      const { net: _, ...recipe } = params as { net: unknown };
      return JSON.stringify({ recipe, inputs: Object.values(inputs).flat().map(label) });
    });
  const crate = recipesOf("train-crate-mae");
  const vit = recipesOf("train-vit-mae");
  assertEquals([crate.length, vit.length], [3, 6]);
  assertEquals(new Set(vit), new Set(crate));
});

Deno.test("the narrow ViT-MAE has as many parameters as CRATE-MAE, within 5 %", () => {
  for (const preset of ["quick", "laptop", "paper"] as const) {
    const { crate, narrowVit } = crateMaePresets[preset];
    const ratio = countParameters(vitMae.specs(narrowVit)) / countParameters(crateMaeNetwork.specs(crate));
    assert(Math.abs(ratio - 1) < 0.05, `${preset}: ${ratio}`);
  }
});

Deno.test("crate-mae at the smoke preset runs from raw data to verdicts, and then not again", async () => {
  const first = await smokeTwice("crate-mae");
  const verdicts = Object.fromEntries(
    (first.claims as unknown as { id: string; verdict: string }[]).map(({ id, verdict }) => [id, verdict]),
  );
  // Counts are exact at any size.
  assertEquals([verdicts.M2, verdicts.N1, verdicts.N2, verdicts.N3], Array(4).fill("reproduced"));
  assertEquals(verdicts.M3, "out of scale");
});
