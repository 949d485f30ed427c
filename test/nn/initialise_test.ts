import { assert, assertAlmostEquals, assertEquals } from "@std/assert";
import { initialise } from "../../lib/nn/initialise.ts";
import { constant, normal, uniform } from "../../lib/nn/parameters.ts";
import { softmaxTwin } from "../../lib/nn/softmax_twin.ts";
import { tost } from "../../lib/nn/tost.ts";

const specs = { gain: constant([3], 1), weight: normal([200, 100], 0.02), bias: uniform([20_000], 0.5) };

Deno.test("initialise() draws what the specs ask for", () => {
  const { gain, weight, bias } = initialise(specs, 0);
  assertEquals(gain!.data, new Float32Array([1, 1, 1]));
  const moments = (data: ArrayLike<number>) => {
    const values = Array.from(data);
    const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
    return {
      mean,
      deviation: Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length),
    };
  };
  // Within 5 standard errors: σ/√n for the mean, about σ/√(2n) for the deviation.
  const drawn = moments(weight!.data as Float32Array);
  assertAlmostEquals(drawn.mean, 0, 5 * 0.02 / Math.sqrt(20_000));
  assertAlmostEquals(drawn.deviation, 0.02, 5 * 0.02 / Math.sqrt(40_000));
  const even = moments(bias!.data as Float32Array);
  assertAlmostEquals(even.mean, 0, 5 * 0.29 / Math.sqrt(20_000));
  assertAlmostEquals(even.deviation, 0.5 / Math.sqrt(3), 5 * 0.29 / Math.sqrt(40_000));
  assert((bias!.data as Float32Array).every((value) => Math.abs(value) <= 0.5));
});

Deno.test("initialise() is a function of the seed", () => {
  assertEquals(initialise(specs, 7), initialise(specs, 7));
  assert(initialise(specs, 7).weight!.data[0] !== initialise(specs, 8).weight!.data[0]);
});

Deno.test("initialise() starts twins alike wherever they have the same parameter", () => {
  const config = {
    ...{ side: 8, channels: 1, patch: 4, stem: "linear" as const, width: 8, depth: 2, heads: 2 },
    ...{ classBlocks: 1, layerScale: 1, classes: 3, form: "code" as const },
  };
  const ours = initialise(tost.specs(config), 1);
  const twin = initialise(softmaxTwin.specs(config), 1);
  const shared = Object.keys(ours).filter((name) => name in twin);
  assert(shared.includes("blocks.1.mlp.up.weight"));
  for (const name of shared) assertEquals(ours[name], twin[name]);
});
