import { assert, assertEquals } from "@std/assert";
import * as Effect from "effect/Effect";
import { assemble } from "../../lib/assemble.ts";
import { dependencies, type Node } from "../../lib/dag/node.ts";
import { type PresetName, PRESETS } from "../../lib/dag/pipeline.ts";
import { scaffPd } from "../../pipelines/scaff_pd.ts";
import { smokeTwice } from "../fixtures/smoke.ts";

const assembled = (preset: PresetName) => Effect.runPromise(assemble(scaffPd, { preset }));

/** What each claim must lie within, written down before anything was measured. */
const thresholds = {
  ...onBoth({
    "C1.1": "≤ -8",
    "C1.2": "≥ 0.95",
    "C2.1": "≥ 0.1",
    "C2.2": "≥ 0.1",
    "C2.3": "≤ -10",
    C3: "≥ 3",
    C4: "≤ -5",
    C5: "≥ 3",
    X1: "≤ -8",
    X2: "≤ -8",
    X3: "< 1",
  }, ["a", "b"]),
  "C6.1": "-2.1 to -1.9",
  "C6.2": "0 to 1",
  R1: "≤ -2",
  ...onBoth({ "C7.1": "≥ 2", "C7.2": "≥ -6", C8: "< 1", X4: "< 1" }, ["a", "b", "c", "d", "r"]),
  "X5.1": "≤ -8",
  "X5.2": "≤ -8",
  "X5.3": "≤ -8",
  P1: "≥ 49.03",
  P2: "≥ 29.3",
  P3: "≥ 25.32",
};

function onBoth(
  claims: Readonly<Record<string, string>>,
  letters: readonly string[],
): Record<string, string> {
  return Object.fromEntries(
    Object.entries(claims).flatMap(([id, words]) => letters.map((letter) => [`${id}${letter}`, words])),
  );
}

Deno.test("every preset of scaff-pd claims the same things, within the same thresholds", async () => {
  for (const preset of PRESETS) {
    const { declared: { claims } } = await assembled(preset);
    assertEquals(Object.fromEntries(claims.map(({ id, expect }) => [id, expect.words])), thresholds);
  }
});

Deno.test("every claim that is the paper's says how well that is known", async () => {
  const { declared: { claims } } = await assembled("quick");
  for (const { id, evidence, extension } of claims) {
    assertEquals(evidence === undefined, extension === true, id);
  }
});

Deno.test("every ranking of scaff-pd rests on at least three seeds", async () => {
  for (const preset of PRESETS.filter((name) => name !== "smoke")) {
    const { seeds } = await assembled(preset);
    assert(seeds.length >= 3, `${preset} has ${seeds.length}`);
  }
});

Deno.test("methods meet on the same clients, losses and rounds", async () => {
  const { nodes } = await assembled("quick");
  const real = nodes.filter(({ task, params }) =>
    task.spec.name.startsWith("train-") &&
    (params as { objective?: { kind: string } }).objective?.kind === "softmax"
  );
  const names = new Set(real.map(({ task }) => task.spec.name));
  assertEquals(names.size, 6);
  const common = (node: Node) => {
    const { objective, plan } = node.params as { objective: unknown; plan: unknown };
    return JSON.stringify([objective, plan, dependencies(node).map(({ address }) => address)]);
  };
  // Five federations, one a seed: as many different surroundings, each with every method.
  assertEquals(new Set(real.map(common)).size, 5);
  assertEquals(real.length, 30);
});

Deno.test("one client's data are a node of their own, and so are its features", async () => {
  const { nodes } = await assembled("quick");
  const named = (name: string) => nodes.filter(({ task }) => task.spec.name === name);
  assertEquals(named("dirichlet-client").length, 5 * 20 * 2);
  for (const features of named("frozen-features")) {
    assertEquals(
      dependencies(features).map(({ task }) => task.spec.name).sort(),
      ["dirichlet-client", "feature-map"],
    );
  }
});

Deno.test("scaff-pd at the smoke preset runs from raw data to figures, and then not again", async () => {
  await smokeTwice("scaff-pd");
});
