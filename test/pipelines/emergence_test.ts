import { assert, assertEquals } from "@std/assert";
import * as Effect from "effect/Effect";
import { assemble } from "../../lib/assemble.ts";
import { label } from "../../lib/dag/node.ts";
import { type PresetName, PRESETS } from "../../lib/dag/pipeline.ts";
import type { Metrics } from "../../lib/kinds/metrics.ts";
import { emergence } from "../../pipelines/emergence.ts";
import { smokeTwice } from "../fixtures/smoke.ts";

const assembled = (preset: PresetName) => Effect.runPromise(assemble(emergence, { preset }));

/** What each claim must lie within, written down before anything was measured. */
const thresholds = {
  E0: "≥ 0.9",
  E1: "≥ 2",
  E2a: "> 0",
  E2b: "≥ 0",
  E2c: "> 0",
  E2d: "> 0",
  E2e: "> 0",
  E2f: "> 0",
  E2g: "> 0",
  E2h: "> 0",
  E3: "> 0",
  E4: "> 0",
  E5a: "< 0",
  E5b: "< 0",
  E6: "≥ 0.1",
  E7: "≥ 0.795",
  N1: "5.735 to 5.745",
  N2: "14.115 to 14.125",
  N3: "38.825 to 38.835",
  N4: "10.355 to 10.365",
  N5: "102.55 to 102.65",
  E1b: "≥ 2",
  E1c: "≥ 2",
  E1d: "> 0",
  E1e: "> 0",
  E1f: "> 0",
  "E6*": "> 0",
  X1: "≥ 2",
  X2: "> 0",
  X3: "> 0",
  X4: "≤ 0.05",
};

Deno.test("every preset of emergence claims the same things, within the same thresholds", async () => {
  for (const preset of PRESETS) {
    const { declared: { claims } } = await assembled(preset);
    assertEquals(Object.fromEntries(claims.map(({ id, expect }) => [id, expect.words])), thresholds);
  }
});

Deno.test("every ranking of emergence rests on at least three seeds", async () => {
  for (const preset of PRESETS.filter((name) => name !== "smoke")) {
    const { seeds } = await assembled(preset);
    assert(seeds.length >= 3, `${preset} has ${seeds.length}`);
  }
});

Deno.test("the four networks are trained alike, seed by seed", async () => {
  const { nodes } = await assembled("quick");
  const paramsOf = (task: string) =>
    nodes.filter((node) => node.task.spec.name === task).map(({ params, inputs }) => {
      const { net, ...recipe } = params as { net: Record<string, unknown>; stop?: number };
      const { step: _step, sparsity: _sparsity, pool: _pool, output: _output, prox: _prox, ...size } = net;
      return { size, recipe, inputs: Object.values(inputs).flat().map(label) };
    }).filter(({ recipe }) => recipe.stop === undefined);
  const vit = paramsOf("train-vit");
  assertEquals(vit.length, 3);
  for (const task of ["train-crate", "train-crate-mlp", "train-crate-mhsa"]) {
    assertEquals(paramsOf(task), vit);
  }
});

Deno.test("where a network has not learned to classify, its maps settle nothing", async () => {
  const { declared: { claims } } = await assembled("quick");
  const { measure } = claims.find(({ id }) => id === "E1")!;
  const read = (accuracy: number) =>
    measure!.read(
      measure!.nodes.map((node, place): Metrics =>
        node.task.spec.name === "segmentation"
          ? { penultimate: { entries: place < 3 ? 0.4 + place / 100 : 0.3 } }
          : { accuracy: node === measure!.nodes.at(-1) ? accuracy : 0.95 }
      ),
    );
  const { low, high } = read(0.9);
  assert(low > 8 && high < 14);
  assertEquals(read(0.89).low, -Infinity);
  assertEquals(read(0.89).value, read(0.9).value);
});

Deno.test("emergence at the smoke preset runs from scenes to verdicts, and then not again", async () => {
  const first = await smokeTwice("emergence");
  const verdicts = Object.fromEntries(
    (first.claims as unknown as { id: string; verdict: string }[]).map(({ id, verdict }) => [id, verdict]),
  );
  // Exact at any size: the published counts but ViT-T's, which no known configuration has.
  assertEquals(["N1", "N2", "N3", "N4", "N5"].map((id) => verdicts[id]), [
    ...["reproduced", "reproduced", "reproduced", "contradicted", "reproduced"],
  ]);
  assertEquals(verdicts.E1, "out of scale");
});
