import { assertAlmostEquals } from "@std/assert";
import "../nn/tensorflow.ts";
import { tf } from "../../lib/tensor/native.ts";
import type { Tensors } from "../../lib/tensor/tensors.ts";
import { tssa, tssaCausal, tssaCausalMembership, tssaMembership } from "../../lib/tensor/tssa.ts";
import { assertSameGradients, assertTensor, sines } from "./close.ts";

type T = Tensors[string];

/** x = S(3,4;0) times S(4,4;5)/2 in two heads, with S(shape;o) the numbers sin(1 + o + i). */
function projections(): T {
  const w = tf.matMul(sines([3, 4]) as never, tf.mul(sines([4, 4], 5), 0.5) as never);
  return tf.transpose(w.reshape([1, 3, 2, 2]), [0, 2, 1, 3]);
}

Deno.test("tssa() computes what an independent implementation in numpy computes", () => {
  tf.tidy(() => {
    const temperature = tf.ones([2, 1]);
    assertTensor(tssaMembership(projections(), temperature), [
      [0.58396088, 0.5748792, 0.34505639],
      [0.41603912, 0.4251208, 0.65494361],
    ]);
    assertTensor(tf.transpose(tssa(projections(), temperature), [0, 2, 1, 3]).reshape([3, 4]), [
      [0.00619961, 0.10833022, 0.07754177, 0.00808296],
      [-0.09238335, -0.06343947, 0.01734671, 0.06532409],
      [0.06882673, -0.01423244, -0.15700554, -0.14428814],
    ], 1e-5);
  });
});

/** The operator as the official code composes it. */
function composed(w: T, temperature: T): T {
  const square = tf.square(w);
  const normalised = tf.div(square, tf.maximum(tf.sum(square, 2, true), 1e-24));
  const membership = overHeads(tf.mul(tf.sum(normalised, 3), temperature));
  const weight = tf.div(membership, tf.add(tf.sum(membership, 2, true), 1e-8));
  return tf.neg(tf.div(tf.mul(w, membership), tf.add(1, tf.sum(tf.mul(weight, square), 2, true))));
}

/** The causal operator, with running sums as products with a triangular matrix. */
function composedCausal(w: T, temperature: T, bias: T): T {
  const square = tf.square(w);
  const energy = tf.maximum(runningSum(square), 1e-12);
  const logits = tf.sum(tf.add(tf.div(square, energy), bias), 3);
  const membership = overHeads(tf.mul(logits, temperature));
  const moment = tf.div(runningSum(tf.mul(square, membership)), tf.add(runningSum(membership), 1e-8));
  return tf.neg(tf.div(tf.mul(w, membership), tf.add(1, moment)));
}

function overHeads(logits: T): T {
  return tf.expandDims(tf.transpose(tf.softmax(tf.transpose(logits, [0, 2, 1])), [0, 2, 1]), 3);
}

function runningSum(x: T): T {
  const n = x.shape[2]!;
  const below = tf.linalg.bandPart(tf.ones([n, n]), -1, 0);
  return tf.matMul(tf.broadcastTo(below, [...x.shape.slice(0, 2), n, n]), x);
}

Deno.test("tssa() has the values and gradients of its composition", () => {
  tf.tidy(() => {
    const temperature = tf.tensor2d([1, 0.5, -2, 3], [4, 1]);
    assertSameGradients(
      (w, temperature) => tssa(w!, temperature!),
      (w, temperature) => composed(w!, temperature!),
      [sines([3, 4, 7, 5]), temperature],
    );
  });
});

Deno.test("tssaCausal() has the values and gradients of its composition", () => {
  tf.tidy(() => {
    const temperature = tf.tensor2d([1, 0.5, -2, 3], [4, 1]);
    assertSameGradients(
      (w, temperature, bias) => tssaCausal(w!, temperature!, bias!),
      (w, temperature, bias) => composedCausal(w!, temperature!, bias!),
      [sines([3, 4, 7, 5]), temperature, sines([4, 7, 1], 8)],
      2e-5,
    );
  });
});

Deno.test("tssaCausal() belongs evenly to the heads at the first token, and as tssa() at the last", () => {
  tf.tidy(() => {
    const w = sines([2, 4, 6, 3]);
    const temperature = tf.ones([4, 1]);
    const causal = tssaCausalMembership(w, temperature, tf.zeros([4, 6, 1]));
    assertTensor(tf.slice(causal, [0, 0, 0], [2, 4, 1]), Array(8).fill(0.25));
    const last = tf.slice(causal, [0, 0, 5], [2, 4, 1]);
    assertTensor(last, [...tf.slice(tssaMembership(w, temperature), [0, 0, 5], [2, 4, 1]).dataSync()]);
  });
});

Deno.test("a token of tssaCausal() does not see those after it", () => {
  tf.tidy(() => {
    const [temperature, bias] = [tf.ones([2, 1]), tf.zeros([2, 6, 1])];
    const w = sines([1, 2, 6, 3]);
    const later = tf.concat([tf.slice(w, [0, 0, 0, 0], [1, 2, 4, 3]), sines([1, 2, 2, 3], 77)], 2);
    const firstFour = (w: T) => tf.slice(tssaCausal(w, temperature, bias), [0, 0, 0, 0], [1, 2, 4, 3]);
    assertTensor(firstFour(later), [...firstFour(w).dataSync()]);
  });
});

Deno.test("tssa() of a feature that is zero everywhere has finite gradients", () => {
  tf.tidy(() => {
    const w = tf.mul(sines([1, 2, 4, 3]), tf.tensor1d([1, 0, 1]));
    const gradient = tf.grad((w) => tf.sum(tssa(w, tf.ones([2, 1]))))(w);
    gradient.dataSync().forEach((value) => assertAlmostEquals(value - value, 0));
  });
});
