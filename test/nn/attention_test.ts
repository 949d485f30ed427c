import { assertAlmostEquals, assertEquals } from "@std/assert";
import { mergeHeads, splitHeads } from "../../lib/nn/heads.ts";
import { crateBlock } from "../../lib/nn/crate.ts";
import { ista, majorisation } from "../../lib/nn/ista.ts";
import { mssa } from "../../lib/nn/mssa.ts";
import type { Parameters } from "../../lib/nn/parameters.ts";
import { membershipsOfFormula, tssa, tssaOfFormula } from "../../lib/nn/tssa.ts";
import { tf } from "../../lib/tensor/native.ts";
import { tssaMembership } from "../../lib/tensor/tssa.ts";
import { fill } from "./fill.ts";
import "./tensorflow.ts";

type Tensor = ReturnType<typeof tf.tensor>;

/** sin(1 + offset + i), row by row. */
function sines(shape: readonly number[], offset: number): Tensor {
  const count = shape.reduce((size, axis) => size * axis, 1);
  return tf.tensor(Float32Array.from({ length: count }, (_, i) => Math.sin(1 + offset + i)), [...shape]);
}

function assertClose(actual: Tensor, expected: readonly (readonly number[])[], tolerance = 1e-6): void {
  const values = actual.dataSync();
  expected.flat().forEach((value, index) =>
    assertAlmostEquals(values[index]!, value, tolerance, `element ${index}`)
  );
  assertEquals(values.length, expected.flat().length);
}

const tokens = () => sines([1, 3, 4], 0);
const projection = () => tf.mul(sines([4, 4], 5), 0.5);
const config = { width: 4, heads: 2, form: "code" as const };
const tssaParameters = (): Parameters => ({
  "projection.weight": projection(),
  "projection.bias": tf.zeros([4]),
  temperature: tf.ones([2, 1]),
  "output.weight": tf.eye(4),
  "output.bias": tf.zeros([4]),
});
const mix = (x: Tensor) => tssa.mix(tssaParameters(), x, config);

// Values computed with NumPy in float64 from the official programs' definitions.
Deno.test("tssa.mix() computes the official operator", () => {
  let seen: Record<string, Tensor> = {};
  const out = tssa.mix(tssaParameters(), tokens(), config, (found) => {
    seen = found;
  });
  assertClose(out, [
    [0.00619961, 0.10833022, 0.07754177, 0.00808296],
    [-0.09238335, -0.06343947, 0.01734671, 0.06532409],
    [0.06882673, -0.01423244, -0.15700554, -0.14428814],
  ]);
  assertClose(seen.memberships!, [[0.58396088, 0.5748792, 0.34505639], [0.41603912, 0.4251208, 0.65494361]]);
  assertEquals(seen.projections!.shape, [1, 2, 3, 2]);
});

Deno.test("tssa.mix() permutes its outputs when tokens are permuted", () => {
  const order = [2, 0, 1];
  const permuted = mix(tf.gather(tokens(), order, 1));
  assertClose(permuted, [[...tf.gather(mix(tokens()), order, 1).dataSync()]]);
});

Deno.test("tssaMembership() does not depend on the scale of the projections, and sums to 1 over the heads", () => {
  const w = splitHeads(tf.matMul(tokens().reshape([3, 4]), projection() as never).reshape([1, 3, 4]), 2);
  const one = tssaMembership(w, tf.ones([2, 1]));
  assertClose(tssaMembership(tf.mul(w, 7), tf.ones([2, 1])), [[...one.dataSync()]]);
  assertClose(tf.sum(one, 1), [[1, 1, 1]]);
});

Deno.test("doubling the tokens changes the official memberships but not the formula's", () => {
  const w = splitHeads(tf.matMul(tokens().reshape([3, 4]), projection() as never).reshape([1, 3, 4]), 2);
  const doubled = tf.concat([w, w], 2);
  const temperature = tf.ones([2, 1]);
  assertAlmostEquals(tssaMembership(w, temperature).dataSync()[0]!, 0.58396, 1e-5);
  assertAlmostEquals(tssaMembership(doubled, temperature).dataSync()[0]!, 0.54228, 1e-5);

  const eta = tf.tensor1d([0.5]);
  const first = (x: Tensor) => [...tf.slice(x, [0, 0, 0], [-1, -1, 3]).dataSync()];
  assertClose(tf.tensor1d(first(membershipsOfFormula(doubled, eta))), [first(membershipsOfFormula(w, eta))]);
  const out = (
    x: Tensor,
  ) => [
    ...tf.slice(tssaOfFormula(x, membershipsOfFormula(x, eta)), [0, 0, 0, 0], [-1, -1, 3, -1]).dataSync(),
  ];
  assertClose(tf.tensor1d(out(doubled)), [out(w)]);
});

Deno.test("turning one token's projection turns its output alone", () => {
  const w = sines([1, 2, 3, 2], 0);
  const signs = tf.tensor4d([1, 1, -1, -1, 1, 1, 1, 1, -1, -1, 1, 1], [1, 2, 3, 2]);
  const eta = tf.tensor1d([0.5]);
  const out = (x: Tensor) => tssaOfFormula(x, membershipsOfFormula(x, eta));
  assertClose(out(tf.mul(w, signs)), [[...tf.mul(out(w), signs).dataSync()]]);
});

Deno.test("mssa.mix() computes the official attention", () => {
  const parameters = {
    "projection.weight": projection(),
    "output.weight": tf.eye(4),
    "output.bias": tf.zeros([4]),
  };
  let seen: Record<string, Tensor> = {};
  const out = mssa.mix(parameters, tokens(), { width: 4, heads: 2 }, (found) => {
    seen = found;
  });
  assertClose(out, [
    [-0.01745501, -0.01377516, -0.00055705, 0.01284222],
    [-0.01385898, -0.0097454, 0.00087002, 0.01272239],
    [-0.01992046, -0.01155408, 0.01400868, 0.02434933],
  ]);
  const firstRow = tf.slice(seen.attention!, [0, 0, 0, 0], [1, 1, 1, 3]);
  assertClose(firstRow, [[0.34127132, 0.32735082, 0.33137785]]);
});

Deno.test("mssa.mix() of one token is its projection", () => {
  const parameters = {
    "projection.weight": projection(),
    "output.weight": tf.eye(4),
    "output.bias": tf.zeros([4]),
  };
  const one = sines([1, 1, 4], 0);
  const expected = tf.matMul(one.reshape([1, 4]), projection() as never);
  assertClose(mssa.mix(parameters, one, { width: 4, heads: 2 }), [[...expected.dataSync()]]);
});

Deno.test("mssa.mix() permutes its outputs when tokens are permuted, and leaves equal tokens equal", () => {
  const parameters = {
    "projection.weight": projection(),
    "output.weight": tf.eye(4),
    "output.bias": tf.zeros([4]),
  };
  const mix = (x: Tensor) => mssa.mix(parameters, x, { width: 4, heads: 2 });
  const reversed = (x: Tensor) => tf.reverse(x, 1);
  assertClose(mix(reversed(tokens())), [[...reversed(mix(tokens())).dataSync()]]);
  // What all tokens agree on is its own mean: attention leaves the projection alone.
  const equal = tf.tile(sines([1, 1, 4], 0), [1, 3, 1]);
  const expected = tf.matMul(equal.reshape([3, 4]), projection() as never);
  assertClose(mix(equal), [[...expected.dataSync()]]);
});

Deno.test("mssa.mix() without subspaces is the output's bias", () => {
  const parameters = {
    "projection.weight": tf.zeros([4, 4]),
    "output.weight": tf.eye(4),
    "output.bias": tf.tensor1d([1, 2, 3, 4]),
  };
  const row = [1, 2, 3, 4];
  assertClose(mssa.mix(parameters, tokens(), { width: 4, heads: 2 }), [row, row, row]);
});

Deno.test("mssa.mix() with a tied output is the free one with the subspaces' transpose, scaled", () => {
  const tied = { "projection.weight": projection(), scale: tf.tensor1d([0.7]) };
  const free = {
    "projection.weight": projection(),
    "output.weight": tf.mul(0.7, tf.transpose(projection())),
    "output.bias": tf.zeros([4]),
  };
  const expected = mssa.mix(free, tokens(), { width: 4, heads: 2 });
  const out = mssa.mix(tied, tokens(), { width: 4, heads: 2, output: "tied" });
  assertClose(out, [[...expected.dataSync()]]);
});

Deno.test("ista() takes one proximal step, by hand", () => {
  const x = tf.tensor3d([[[1, -2, 3], [0.5, 0, -1]]]);
  const dictionary = tf.tensor2d([[1, 0, 0], [0, 1, 1], [0, 0, 2]]);
  const settings = { step: 0.1, sparsity: 0.1 };
  assertClose(ista(x, dictionary, settings), [[0.99, 0, 2.09], [0.49, 0.09, 0]]);
  assertClose(ista(x, tf.eye(3), settings), [[0.99, 0, 2.99], [0.49, 0, 0]]);
  assertClose(ista(x, tf.zeros([3, 3]), settings), [[0.99, 0, 2.99], [0.49, 0, 0]]);
});

Deno.test("ista() with an orthogonal dictionary mixes tokens with their codes", () => {
  // ReLU((1 − η) u + η Dᵀu − ηλ): a quarter turn.
  const turn = tf.tensor2d([[0, -1], [1, 0]]);
  assertClose(ista(tf.tensor3d([[[1, 2]]]), turn, { step: 0.1, sparsity: 0.1 }), [[1.09, 1.69]]);
});

Deno.test("majorisation() thresholds what the dictionary expands, by hand", () => {
  // η = 0.1, so α = 4/0.9 and 1 + η α/(1 + α) = 1 + 0.4/4.9.
  const u = tf.tensor3d([[[1, -2]]]);
  const expanded = 1 + 0.4 / 4.9;
  const out = majorisation(u, tf.tensor2d([[1, 2], [0, 1]]), { step: 0.1, sparsity: 0.1 });
  assertClose(out, [[expanded - 0.01, 0]]);
});

Deno.test("the gradient of a block of CRATE is that of central differences", () => {
  const config = { width: 4, heads: 2, step: 0.1, sparsity: 0.1, output: "free", prox: "ista" } as const;
  const parameters = fill(crateBlock.specs(config));
  const weights = sines([1, 3, 4], 5);
  const value = (x: Tensor) => tf.sum(tf.mul(weights, crateBlock.forward(parameters, x, config)));
  const x = tokens();
  const gradient = tf.grad(value)(x).dataSync();
  const step = 1e-2;
  for (let place = 0; place < 12; place++) {
    const one = tf.tensor3d(Array.from({ length: 12 }, (_, i) => i === place ? step : 0), [1, 3, 4]);
    const rise = value(tf.add(x, one)).dataSync()[0]! - value(tf.sub(x, one)).dataSync()[0]!;
    assertAlmostEquals(gradient[place]!, rise / (2 * step), 2e-2, `element ${place}`);
  }
});

Deno.test("mergeHeads() undoes splitHeads()", () => {
  const x = sines([2, 3, 8], 0);
  assertEquals([...mergeHeads(splitHeads(x, 4)).dataSync()], [...x.dataSync()]);
});
