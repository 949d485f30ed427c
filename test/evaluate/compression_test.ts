import { assertAlmostEquals, assertEquals } from "@std/assert";
import { coherence, cosines } from "../../lib/evaluate/coherence.ts";
import {
  greatestCodingRate,
  shareAboveZero,
  stableRank,
  unitCodingRate,
} from "../../lib/evaluate/compression.ts";
import { measureCrateLayers } from "../../lib/evaluate/crate_layers.ts";
import { saveNetwork } from "../../lib/nn/checkpoint.ts";
import { crate, type CrateConfig } from "../../lib/nn/crate.ts";
import { initialise } from "../../lib/nn/initialise.ts";
import { vit } from "../../lib/nn/vit.ts";
import { tensor } from "../../lib/tensor/array.ts";
import { tf } from "../../lib/tensor/native.ts";
import "../nn/tensorflow.ts";
import { randomImages, runAlone } from "./tiny.ts";

/** sin(1), sin(2), … of a shape. */
function sines(...shape: number[]) {
  const count = shape.reduce((size, axis) => size * axis, 1);
  return tf.tensor(Float32Array.from({ length: count }, (_, i) => Math.sin(1 + i)), shape);
}

Deno.test("unitCodingRate() is the official program's coding rate", () => {
  // numpy in float64: the official metric's mean and unbiased deviation over the batch.
  const [first, second] = unitCodingRate(sines(2, 2, 6, 3)).dataSync() as Float32Array;
  assertAlmostEquals((first! + second!) / 2, 8.530453569625855, 1e-4);
  assertAlmostEquals(Math.abs(first! - second!) / Math.SQRT2, 0.056052834971782116, 1e-4);
});

Deno.test("greatestCodingRate() is the rate of tokens along the axes, each as often", () => {
  const tokens = tf.tile(tf.eye(3), [2, 1]).reshape([1, 1, 6, 3]);
  assertAlmostEquals(unitCodingRate(tokens).dataSync()[0]!, greatestCodingRate(1, 6, 3), 1e-4);
  assertAlmostEquals(greatestCodingRate(1, 6, 3), 1.5 * Math.log(101), 1e-12);
});

Deno.test("stableRank() is the same from either side, and 1 for tokens along one line", () => {
  const wide = sines(1, 3, 5);
  const expected = stableRankOf([[1, 2, 3, 4, 5], [6, 7, 8, 9, 10], [11, 12, 13, 14, 15]]);
  assertAlmostEquals(stableRank(wide).dataSync()[0]!, expected, 1e-4);
  assertAlmostEquals(stableRank(tf.transpose(wide, [0, 2, 1])).dataSync()[0]!, expected, 1e-4);
  assertAlmostEquals(stableRank(tf.ones([1, 4, 3])).dataSync()[0]!, 1, 1e-5);
  assertEquals(stableRank(tf.zeros([1, 4, 3])).dataSync()[0], 0);
});

/** The stable rank of the sines of numbers, by a thousand power iterations. */
function stableRankOf(angles: readonly (readonly number[])[]): number {
  const rows = angles.map((row) => row.map(Math.sin));
  let v = rows[0]!.map(() => 1);
  let largest = 0;
  for (let round = 0; round < 1000; round++) {
    const u = rows.map((row) => row.reduce((sum, value, i) => sum + value * v[i]!, 0));
    v = v.map((_, i) => rows.reduce((sum, row, j) => sum + row[i]! * u[j]!, 0));
    largest = Math.hypot(...v);
    v = v.map((value) => value / largest);
  }
  return rows.flat().reduce((sum, value) => sum + value ** 2, 0) / largest;
}

Deno.test("shareAboveZero() counts what is not zero", () => {
  assertEquals(
    shareAboveZero(tf.tensor3d([[[0, 1], [2, 0]], [[0, 0], [0, 3]]])).dataSync(),
    new Float32Array([0.5, 0.25]),
  );
});

Deno.test("coherence() is 0 for orthogonal subspaces and counts heads apart", () => {
  const eye = tensor("float32", [4, 4], [1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1]);
  assertEquals(coherence(eye, 2), { between: 0, within: 0, offBlock: 0 });
  // All directions the same: |cos| = 1 everywhere, and half of all pairs are of different heads.
  const same = tensor("float32", [1, 4], [1, 2, 3, 4]);
  assertEquals([...cosines(same)], Array(16).fill(1));
  assertEquals(coherence(same, 2), { between: 1, within: 1, offBlock: 0.5 });
});

const config: CrateConfig = {
  ...{ side: 8, channels: 1, patch: 4, width: 8, depth: 3, heads: 2, classes: 3 },
  ...{ step: 0.1, sparsity: 0.1, output: "free", prox: "ista", pool: "class" },
};

Deno.test("measureCrateLayers() measures every layer of CRATE, and of ViT what it has", async () => {
  const normalisation = { mean: [0.5], deviation: [0.3] };
  const save = { losses: new Float32Array(0), facts: { normalisation } };
  const ours = saveNetwork(crate, { ...save, config, parameters: initialise(crate.specs(config), 0) });
  const measured = await runAlone(measureCrateLayers(crate, ours, randomImages(7), 5));
  for (const name of ["rate", "rateOfInput", "nonZero"]) {
    const curve = measured[name] as number[];
    assertEquals(curve.length, 3);
    curve.forEach((value) => assertEquals(value > 0 && value < 1, true, `${name} ${value}`));
  }
  assertEquals(measured.images, 5);
  const { step: _, sparsity: __, output: ___, prox: ____, pool: _____, ...plain } = config;
  const twin = saveNetwork(vit, { ...save, config: plain, parameters: initialise(vit.specs(plain), 0) });
  const seen = await runAlone(measureCrateLayers(vit, twin, randomImages(7), 5));
  assertEquals([seen.rate, seen.between, (seen.rateOfInput as number[]).length], [undefined, undefined, 3]);
});
