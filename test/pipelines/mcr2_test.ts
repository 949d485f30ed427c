import { assert, assertEquals, assertThrows } from "@std/assert";
import * as Effect from "effect/Effect";
import { assemble } from "../../lib/assemble.ts";
import { ParameterError } from "../../lib/dag/errors.ts";
import { label } from "../../lib/dag/node.ts";
import { type PresetName, PRESETS } from "../../lib/dag/pipeline.ts";
import { mcr2 } from "../../pipelines/mcr2.ts";
import { rateMaximum } from "../../tasks/evaluate/rate_maximum.ts";
import { smokeTwice } from "../fixtures/smoke.ts";

const assembled = (preset: PresetName) => Effect.runPromise(assemble(mcr2, { preset }));

/** What each claim must lie within, written down before anything was measured. */
const thresholds = {
  B1: "≤ 1e-12",
  B2a: "≤ 0.000001",
  B2b: "0 to 0",
  B3a: "> 0.001",
  B3b: "> 0.001",
  B3c: "0 to 0",
  B3d: "0 to 0",
  B4a: "≤ 0.00001",
  B4b: "≤ 0.001",
  B4c: "0 to 0",
  B4d: "≤ 0.001",
  B4e: "0.99999 to 1.00001",
  B4f: "≤ 0.000001",
  B5: "≤ 0.001",
  B6a: "≥ 0.98",
  B6b: "≤ 0.02",
  B6c: "≤ 0.05",
  B7: "≤ 1.000000000001",
  B8: "≥ 0.99",
  X1: "< 1",
  X2: "< 1",
  X3: "< 0",
  X4: "> 0",
  X5: "> 0",
};

/** Claims that only large presets make. */
const large = {
  B4g: "0.99999 to 1.00001",
  B4h: "≤ 0.00001",
  B6d: "≥ 0.98",
  X6: "0.99999 to 1.00001",
};

Deno.test("every preset of mcr2 claims the same things, within the same thresholds", async () => {
  for (const preset of PRESETS) {
    const { declared: { claims } } = await assembled(preset);
    const expected = preset === "smoke" || preset === "quick" ? thresholds : { ...thresholds, ...large };
    assertEquals(
      Object.fromEntries(claims.map(({ id, expect }) => [id, expect.words]).toSorted()),
      Object.fromEntries(Object.entries(expected).toSorted()),
    );
  }
});

Deno.test("every claim of mcr2 says how well it is known, or that it is an extension", async () => {
  const { declared: { claims } } = await assembled("laptop");
  for (const { id, evidence, extension } of claims) assert(evidence !== undefined || extension === true, id);
});

Deno.test("every preset of mcr2 but smoke repeats over three seeds, and quick looks for at least 400 critical points", async () => {
  for (const preset of PRESETS.filter((name) => name !== "smoke")) {
    const { seeds, nodes } = await assembled(preset);
    assert(seeds.length >= 3);
    const starts = nodes.filter(({ task }) => task.spec.name === "rate-landscape")
      .map(({ params }) => (params as { starts: number }).starts);
    assert(starts.reduce((sum, count) => sum + count, 0) >= 400);
  }
});

Deno.test("rate reduction and cross-entropy are trained alike, seed by seed", async () => {
  const { nodes } = await assembled("quick");
  const paramsOf = (name: string) =>
    nodes.filter(({ task }) => task.spec.name === name).map(({ params, inputs }) => {
      const { net, steps, learningRate, warmup, weightDecay, seed } = params as Record<string, unknown>;
      return {
        net,
        steps,
        learningRate,
        warmup,
        weightDecay,
        seed,
        inputs: Object.values(inputs).flat().map(label),
      };
    });
  assertEquals(paramsOf("train-rate-reduction"), paramsOf("train-mlp-classifier"));
});

Deno.test("parameters that make no problem are refused when the node is made", () => {
  const params = { dimension: 6, counts: [3, 4, 5], epsilon: 1, lambda: 0.02, ranks: [1, 1, 1], seed: 0 };
  const refused = (change: object, message: string) =>
    assertThrows(() => rateMaximum({ ...params, ...change }, {}), ParameterError, message);
  refused({ lambda: 1 }, "λ is 1; the theorems need it above 0");
  refused({ epsilon: -1 }, "The precision ε is -1");
  refused({ ranks: [4, 0, 0] }, "Class 0 is given the rank 4");
});

Deno.test("mcr2 at the smoke preset runs from raw data to verdicts, and then not again", async () => {
  const first = await smokeTwice("mcr2");
  const claims = first.claims as unknown as { id: string; verdict: string; evidence?: string }[];
  // What the theorems say holds at any size; networks need more than smoke gives them.
  for (const { id, verdict } of claims) {
    const network = /^(B6|B8|X[345])/.test(id);
    assertEquals(verdict, network ? "out of scale" : "reproduced", id);
  }
  assertEquals(claims.find(({ id }) => id === "B1")?.evidence, "verified");
});
