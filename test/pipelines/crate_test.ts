import { assert, assertEquals } from "@std/assert";
import * as Effect from "effect/Effect";
import { assemble } from "../../lib/assemble.ts";
import { label } from "../../lib/dag/node.ts";
import { type PresetName, PRESETS } from "../../lib/dag/pipeline.ts";
import { countParameters } from "../../lib/nn/parameters.ts";
import { crate as network } from "../../lib/nn/crate.ts";
import { vit } from "../../lib/nn/vit.ts";
import { crate } from "../../pipelines/crate.ts";
import { cratePresets } from "../../pipelines/crate_presets.ts";
import { smokeTwice } from "../fixtures/smoke.ts";

const assembled = (preset: PresetName) => Effect.runPromise(assemble(crate, { preset }));

/** What each claim must lie within, written down before anything was measured. */
const thresholds = {
  C1a: "≥ 0.8",
  C1b: "≥ 0.01",
  C2a: "< 0",
  "C2a*": "≥ -0.01",
  C2b: "< 0.8",
  C2c: "≤ -0.5",
  C3a: "< 0",
  C3b: "< 0",
  C3c: "> 0",
  C4: "≥ -0.01",
  C5a: "≥ -5",
  C5b: "≥ -5",
  C6a: "-1 to 1",
  C6b: "≤ -1",
  C6c: "-1 to 1",
  C6d: "-1 to 1",
  C7a: "< 0",
  C7b: "< 0",
  C8a: "< 0",
  C8b: "< 0.5",
  C8c: "< 0",
  C9a: "< 0",
  C9b: "0 to 1",
  N1: "6.085 to 6.095",
  N2: "13.115 to 13.125",
  N3: "22.795 to 22.805",
  N4: "77.635 to 77.645",
  N5: "5.715 to 5.725",
  N6: "22.045 to 22.055",
  N7: "59.5 to 60.5",
  N8: "0.245 to 0.255",
  X1: "≥ -5",
  X2: "≥ -5",
  X3: "≥ -5",
};

Deno.test("every preset of crate claims the same things, within the same thresholds", async () => {
  for (const preset of PRESETS) {
    const { declared: { claims } } = await assembled(preset);
    assertEquals(Object.fromEntries(claims.map(({ id, expect }) => [id, expect.words])), thresholds);
  }
});

Deno.test("every ranking of crate rests on at least three seeds", async () => {
  for (const preset of PRESETS.filter((name) => name !== "smoke")) {
    const { seeds } = await assembled(preset);
    assert(seeds.length >= 3, `${preset} has ${seeds.length}`);
  }
});

Deno.test("CRATE and ViT see the same images in the same order, and a snapshot is of the same training", async () => {
  const { nodes } = await assembled("quick");
  const trainings = (task: string) =>
    nodes.filter((node) => node.task.spec.name === task).map(({ params, inputs }) => ({
      ...(params as { seed: number; batch: number; steps: number; stop?: number; net: object }),
      data: Object.values(inputs).flat().map(label).join(),
    }));
  const vits = trainings("train-vit");
  assert(vits.length > 0);
  const [crates, snapshots] = [
    trainings("train-crate").filter(({ stop }) => stop === undefined),
    trainings("train-crate").filter(({ stop }) => stop !== undefined),
  ];
  for (const { seed, batch, steps, data } of vits) {
    assert(
      crates.some((one) =>
        one.seed === seed && one.batch === batch && one.steps === steps && one.data === data
      ),
    );
  }
  assert(snapshots.length > 0);
  for (const { stop: _, ...whole } of snapshots) {
    assert(crates.some((one) => JSON.stringify(one) === JSON.stringify(whole)));
  }
});

Deno.test("ViT with as many parameters as CRATE has about as many", () => {
  for (const name of ["quick", "laptop", "paper"] as const) {
    const { accuracy } = cratePresets[name];
    const ratio = countParameters(vit.specs(accuracy.narrowVit)) /
      countParameters(network.specs(accuracy.crate));
    assert(ratio > 0.85 && ratio < 1.18, `${name}: ${ratio}`);
  }
});

Deno.test("crate at the smoke preset runs from raw data to verdicts, and then not again", async () => {
  const first = await smokeTwice("crate");
  const verdicts = Object.fromEntries(
    (first.claims as unknown as { id: string; verdict: string }[]).map(({ id, verdict }) => [id, verdict]),
  );
  const counts = ["N1", "N2", "N3", "N4", "N5", "N6", "N7", "N8"];
  assertEquals(counts.map((id) => verdicts[id]), counts.map(() => "reproduced"));
  assertEquals([verdicts.C1a, verdicts.C5a], ["out of scale", "out of scale"]);
});
