import { assert, assertEquals } from "@std/assert";
import * as Effect from "effect/Effect";
import { assemble } from "../../lib/assemble.ts";
import { type PresetName, PRESETS } from "../../lib/dag/pipeline.ts";
import { dpCap } from "../../pipelines/dp_cap.ts";
import { smokeTwice } from "../fixtures/smoke.ts";

const assembled = (preset: PresetName) => Effect.runPromise(assemble(dpCap, { preset }));

/** What each claim must lie within, written down before anything was measured. */
const thresholds = {
  D1a: "≤ 0.001",
  D1b: "≤ 0.02",
  D2a: "≤ 0.0001",
  D2b: "≤ 0.000001",
  D3: "> 0",
  "D3+": "≥ 3",
  D4a: "≥ 0",
  D4b: "< 0",
  D5: "≥ 0",
  D10: "≥ 0",
  D6a: "≥ -1",
  D6b: "≥ -1",
  D7: "-5 to 5",
  D8a: "> 0",
  D8b: "≥ 5",
  D8c: "> 0",
  D9a: "≥ 0.3",
  D9b: "≥ 0.55",
  X1: "≤ 8",
  X2: "≤ 8",
  X3: "> 0.5",
  X4: "≤ 8",
  X5: "≥ 0",
  X6: "> 1/48",
  E1: "> 0",
  E2: "> 0",
};

Deno.test("every preset of dp-cap claims the same things, within the same thresholds", async () => {
  for (const preset of PRESETS) {
    const { declared: { claims } } = await assembled(preset);
    assertEquals(Object.fromEntries(claims.map(({ id, expect }) => [id, expect.words])), thresholds);
    for (const { id, measure, outOfScale } of claims) {
      assert(measure !== undefined || outOfScale !== undefined, `${id} is neither measured nor out of scale`);
    }
  }
});

Deno.test("every ranking of dp-cap rests on at least three seeds", async () => {
  for (const preset of PRESETS.filter((name) => name !== "smoke")) {
    const { seeds } = await assembled(preset);
    assert(seeds.length >= 3, `${preset} has ${seeds.length}`);
  }
});

Deno.test("the captioner and its peer are trained alike at ε = 8, seed by seed, from the same encoder", async () => {
  const { nodes } = await assembled("quick");
  const of = (task: string) => nodes.filter((node) => node.task.spec.name === task);
  const peers = of("train-private-autoencoder").map(({ params }) => params);
  const captioners = of("train-private-captioner").map(({ params }) => JSON.stringify(params));
  assertEquals(peers.length, 3);
  for (const params of peers) assert(captioners.includes(JSON.stringify(params)));
  const encoder = (task: string) =>
    JSON.stringify((of(task)[0]!.params as { net: { encoder: object } }).net.encoder);
  assertEquals(encoder("initial-captioner"), encoder("train-synthetic-autoencoder"));
});

Deno.test("dp-cap at the smoke preset runs from raw data to verdicts, and then not again", async () => {
  const first = await smokeTwice("dp-cap");
  const verdicts = Object.fromEntries(
    (first.claims as unknown as { id: string; verdict: string }[]).map(({ id, verdict }) => [id, verdict]),
  );
  // At any size the accountants and clipping are right, and a run spends no more than it was given.
  for (const id of ["D1a", "D1b", "D2a", "D2b", "X1"]) assertEquals([id, verdicts[id]], [id, "reproduced"]);
  assertEquals(verdicts.D3, "out of scale");
});
