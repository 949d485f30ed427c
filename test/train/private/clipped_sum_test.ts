import { assert, assertAlmostEquals, assertEquals, assertThrows } from "@std/assert";
import type * as TensorFlow from "@tensorflow/tfjs";
import { captionerSpecs, captionLosses } from "../../../lib/nn/captioner.ts";
import { initialise } from "../../../lib/nn/initialise.ts";
import { type Layers, plainLayers } from "../../../lib/nn/layers.ts";
import { autoencoderSpecs, fillingLosses } from "../../../lib/nn/masked_autoencoder.ts";
import type { Parameters } from "../../../lib/nn/parameters.ts";
import { tf } from "../../../lib/tensor/native.ts";
import { type Tensors, toTensors } from "../../../lib/tensor/tensors.ts";
import { clippedSum } from "../../../lib/train/private/clipped_sum.ts";
import { WitnessError } from "../../../lib/train/private/witness.ts";
import "../../nn/tensorflow.ts";
import { sines } from "../../tensor/close.ts";

type T = TensorFlow.Tensor;

/** The gradient of each example's loss, one after the other: what ghost norms do without. */
function gradients(lossOf: (layers: Layers, example: number) => T, parameters: Parameters, count: number) {
  const names = Object.keys(parameters);
  return Array.from({ length: count }, (_, example) => {
    const { grads } = tf.valueAndGrads((...values: T[]) => {
      const record = Object.fromEntries(names.map((name, index) => [name, values[index]!]));
      return lossOf(plainLayers(record), example).asScalar();
    })(Object.values(parameters));
    return Object.fromEntries(names.map((name, index) => [name, grads[index]!]));
  });
}

/** Asserts that norms and the clipped sum are those of gradients made one by one, to a share of 1e-5. */
function assertAsMaterialised(
  losses: (layers: Layers, examples: readonly number[]) => T,
  parameters: Parameters,
  count: number,
  clip: number,
): void {
  const all = Array.from({ length: count }, (_, example) => example);
  const weights = [...all.slice(1).map(() => 1), 0]; // the last one only fills the batch up
  const found = clippedSum((layers) => losses(layers, all), parameters, {
    clip,
    weights: tf.tensor1d(weights),
  });
  const each = gradients((layers, example) => losses(layers, [example]), parameters, count);
  const norms = each.map((gradient) => normOf(Object.values(gradient)));
  const ghosts = [...found.norms.dataSync()];
  norms.forEach((norm, example) => assertAlmostEquals(ghosts[example]!, norm, 1e-5 * norm));
  assert(norms.some((norm) => norm > clip) && norms.some((norm) => norm < clip), `all on one side: ${norms}`);
  for (const name of Object.keys(parameters)) {
    const expected = tf.addN(
      each.map((gradient, example) =>
        tf.mul(gradient[name]!, weights[example]! * Math.min(1, clip / norms[example]!))
      ),
    );
    assertEquals(found.sum[name]!.shape, expected.shape);
    const difference = normOf([tf.sub(found.sum[name]!, expected)]);
    assert(difference <= 1e-5 * normOf([expected]) + 1e-9, `${name}: ${difference} of ${normOf([expected])}`);
  }
}

function normOf(tensors: readonly T[]): number {
  return Math.sqrt(
    tensors.reduce(
      (sum, one) => sum + Float64Array.from(one.dataSync()).reduce((all, x) => all + x * x, 0),
      0,
    ),
  );
}

/** Examples of a tensor, by their numbers. */
function only(tensor: T, examples: readonly number[]): T {
  return tf.concat(examples.map((example) => tf.slice(tensor, [example], [1])));
}

/** A loss that weighs every number of a result differently, example by example. */
function squares(result: T): T {
  const [batch] = result.shape as [number];
  return tf.sum(tf.square(tf.sub(result.reshape([batch, -1]), 0.1)), 1);
}

const layerKinds: Record<string, {
  readonly parameters: Tensors;
  readonly input: T;
  readonly apply: (layers: Layers, input: T) => T;
}> = {
  "linear, few tokens": {
    parameters: { "a.weight": sines([20, 24]), "a.bias": sines([24], 3) },
    input: sines([5, 3, 20]),
    apply: (layers, x) => layers.linear("a", x),
  },
  "linear, many tokens": {
    parameters: { "a.weight": sines([4, 3]), "a.bias": sines([3], 3) },
    input: sines([5, 17, 4]),
    apply: (layers, x) => layers.linear("a", x),
  },
  "linear without a bias, one row": {
    parameters: { "a.weight": sines([7, 6]) },
    input: sines([5, 7]),
    apply: (layers, x) => layers.linear("a", x),
  },
  "layer normalisation": {
    parameters: { "a.gain": sines([6]), "a.bias": sines([6], 9) },
    input: sines([5, 4, 6]),
    apply: (layers, x) => layers.norm("a", x, 1e-6),
  },
  "embedding, with tokens that come twice": {
    parameters: { "a.weight": sines([6, 5]) },
    input: tf.tensor2d([[1, 1, 2], [0, 5, 0], [3, 3, 3], [4, 1, 0], [2, 5, 2]], [5, 3], "int32"),
    apply: (layers, x) => layers.embedding("a", x),
  },
};

for (const [kind, { parameters, input, apply }] of Object.entries(layerKinds)) {
  Deno.test(`ghost norms and the clipped sum are those of materialised gradients: ${kind}`, () => {
    const lossOf = (layers: Layers, examples: readonly number[]) =>
      // Examples of other sizes, so that some are clipped and some are not.
      tf.mul(
        squares(apply(layers, only(input, examples))),
        only(tf.tensor1d([0.001, 0.1, 1, 10, 1]), examples),
      );
    assertAsMaterialised(lossOf, parameters, 5, 1);
  });
}

const encoder = { side: 8, channels: 3, patch: 4, width: 8, depth: 2, heads: 2 };
const images = tf.mul(sines([4, 8, 8, 3]), tf.tensor4d([0.5, 1, 2, 3], [4, 1, 1, 1]));

Deno.test("ghost norms and the clipped sum are those of materialised gradients: the captioner", () => {
  const config = { encoder, decoder: { width: 12, depth: 2, heads: 3 }, vocabulary: 9, length: 5 };
  const parameters = toTensors(initialise(captionerSpecs(config), 1));
  const captions = tf.tensor2d(
    [[1, 3, 4, 3, 2, 0], [1, 5, 2, 0, 0, 0], [1, 8, 8, 8, 8, 2], [1, 6, 7, 2, 0, 0]],
    [4, 6],
    "int32",
  );
  const losses = (layers: Layers, examples: readonly number[]) =>
    captionLosses(layers, only(images, examples), only(captions, examples), config);
  const { norms } = clippedSum((layers) => losses(layers, [0, 1, 2, 3]), parameters, {
    clip: 1,
    weights: tf.ones([4]),
  });
  const sorted = [...norms.dataSync()].sort();
  assertAsMaterialised(losses, parameters, 4, (sorted[1]! + sorted[2]!) / 2);
});

Deno.test("ghost norms and the clipped sum are those of materialised gradients: the masked autoencoder", () => {
  const config = { encoder, decoder: { width: 8, depth: 1, heads: 2 }, hidden: 0.5 };
  const parameters = toTensors(initialise(autoencoderSpecs(config), 2));
  const order = tf.tensor2d([[0, 1, 2, 3], [3, 1, 0, 2], [2, 0, 3, 1], [1, 3, 2, 0]], [4, 4], "int32");
  const losses = (layers: Layers, examples: readonly number[]) =>
    fillingLosses(layers, only(images, examples), only(order, examples), config);
  const { norms } = clippedSum((layers) => losses(layers, [0, 1, 2, 3]), parameters, {
    clip: 1,
    weights: tf.ones([4]),
  });
  const sorted = [...norms.dataSync()].sort();
  assertAsMaterialised(losses, parameters, 4, (sorted[1]! + sorted[2]!) / 2);
});

Deno.test("the squared norm of AᵀG is the sum of the Gram matrices' product", () => {
  // numpy default_rng(0): A = normal(5, 3), G = normal(5, 2)
  const a = [
    0.12573022,
    -0.13210486,
    0.64042265,
    0.10490012,
    -0.53566937,
    0.36159505,
    1.30400005,
    0.94708096,
  ];
  const rest = [-0.70373524, -1.26542147, -0.62327446, 0.04132598, -2.32503077, -0.21879166, -1.24591095];
  const g = [-0.73226735, -0.54425898, -0.31630016, 0.41163054, 1.04251337, -0.12853466, 1.36646347];
  const more = [-0.66519467, 0.35151007, 0.90347018];
  const input = tf.tensor3d([...a, ...rest], [1, 5, 3]);
  const arriving = tf.tensor3d([...g, ...more], [1, 5, 2]);
  const parameters = { "a.weight": tf.zeros([3, 2]) };
  const found = clippedSum(
    (layers) => tf.sum(tf.mul(layers.linear("a", input), arriving), [1, 2]),
    parameters,
    { clip: 1, weights: tf.ones([1]) },
  );
  assertAlmostEquals(found.norms.dataSync()[0]! ** 2, 8.41624842847, 1e-5);
});

Deno.test("clipping is the identity below C, and the sum of n equal vectors beyond it has the norm n C", () => {
  const parameters = { "a.weight": tf.ones([3, 1]) };
  const sumAt = (clip: number) =>
    normOf([
      clippedSum((layers) => layers.linear("a", tf.ones([4, 3])).reshape([4]), parameters, {
        clip,
        weights: tf.ones([4]),
      }).sum["a.weight"]!,
    ]);
  assertAlmostEquals(sumAt(2), 4 * Math.sqrt(3), 1e-5); // each has the norm √3
  assertAlmostEquals(sumAt(0.5), 4 * 0.5, 1e-6);
});

Deno.test("a layer used twice, and a parameter used beside the layers, are refused in words", () => {
  const parameters = { "a.weight": tf.ones([3, 3]), "b.weight": tf.ones([3, 3]) };
  const clipping = { clip: 1, weights: tf.ones([2]) };
  const twice = (layers: Layers) => tf.sum(layers.linear("a", layers.linear("a", tf.ones([2, 3]))), 1);
  assertThrows(() => clippedSum(twice, parameters, clipping), WitnessError, "a is used twice");
  const beside = (layers: Layers) => tf.sum(layers.linear("a", tf.ones([2, 3])), 1);
  assertThrows(() => clippedSum(beside, parameters, clipping), WitnessError, "b.weight is used by no layer");
});
