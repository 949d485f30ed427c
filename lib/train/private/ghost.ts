/**
 * Ghost norms: the norm of each example's gradient, and the weighted sum of all of them, without making any one of them.
 *
 * With `A` what a linear map gets from an example and `G` what arrives at its result, its gradient is `AᵀG`, whose squared
 * norm is also `Σ (A Aᵀ) ⊙ (G Gᵀ)` (Goodfellow 2015; Li and others 2022).
 *
 * @module
 */
import type * as TensorFlow from "@tensorflow/tfjs";
import { tf } from "../../tensor/native.ts";
import { rawOp } from "../../tensor/raw_op.ts";
import type { Tensors } from "../../tensor/tensors.ts";
import type { Use } from "./witness.ts";

type T = TensorFlow.Tensor;

/** What the gradients of one layer's parameters are, example by example, without being made. */
export interface Ghost {
  /** The squared norm of each example's gradient, [B]. */
  readonly squares: T;
  /** The sum over examples of weight times gradient, by the parameters' names. */
  readonly sum: (weights: T) => Tensors;
}

/**
 * The ghost of a layer's gradients.
 *
 * @param use The layer and what it got.
 * @param arriving What arrives at its result, [B, …, d].
 */
export function ghostOf(use: Use, arriving: T): Ghost {
  switch (use.kind) {
    case "linear":
      return linearGhost(use.name, tokens(use.input), tokens(arriving), use.bias);
    case "norm":
      return normGhost(use.name, tokens(use.input), tokens(arriving), use.bias);
    case "embedding":
      return embeddingGhost(use.name, use.input, tokens(arriving), use.rows);
  }
}

function linearGhost(name: string, input: T, arriving: T, bias: boolean): Ghost {
  const [, length, inputs] = input.shape as [number, number, number];
  const outputs = arriving.shape[2]!;
  // Two Gram matrices of the tokens, or the gradients themselves: whichever takes fewer multiplications.
  const fewTokens = length * (inputs + outputs) < inputs * outputs;
  const each = fewTokens ? undefined : tf.matMul(input, arriving, true, false);
  const squares = each === undefined
    ? sumOfEach(tf.mul(gram(input), gram(arriving)))
    : sumOfEach(tf.square(each));
  const shared = bias ? tf.sum(arriving, 1) : undefined;
  return {
    squares: shared === undefined ? squares : tf.add(squares, sumOfEach(tf.square(shared))),
    sum: (weights) => ({
      [`${name}.weight`]: each === undefined
        ? rawOp<T>("MatMul", [rows(input), rows(weighted(arriving, weights))], { transpose_a: true })
        : weightedSum(each, weights),
      ...(shared === undefined ? {} : { [`${name}.bias`]: weightedSum(shared, weights) }),
    }),
  };
}

function normGhost(name: string, input: T, arriving: T, bias: boolean): Ghost {
  const gain = tf.sum(tf.mul(input, arriving), 1);
  const shared = bias ? tf.sum(arriving, 1) : undefined;
  const squares = sumOfEach(tf.square(gain));
  return {
    squares: shared === undefined ? squares : tf.add(squares, sumOfEach(tf.square(shared))),
    sum: (weights) => ({
      [`${name}.gain`]: weightedSum(gain, weights),
      ...(shared === undefined ? {} : { [`${name}.bias`]: weightedSum(shared, weights) }),
    }),
  };
}

/** Tokens that are the same meet in one row of the table, so that what arrives at them adds up before it is squared. */
function embeddingGhost(name: string, input: T, arriving: T, count: number): Ghost {
  const [batch, length] = input.shape as [number, number];
  const same = tf.equal(input.reshape([batch, length, 1]), input.reshape([batch, 1, length]));
  return {
    squares: sumOfEach(tf.mul(gram(arriving), tf.cast(same, "float32"))),
    sum: (weights) => ({
      [`${name}.weight`]: rawOp<T>("UnsortedSegmentSum", [
        rows(weighted(arriving, weights)),
        input.reshape([batch * length]),
        tf.scalar(count, "int32"),
      ]),
    }),
  };
}

/** [B, …, d] as [B, T, d]. */
function tokens(x: T): T {
  return x.rank === 3 ? x : x.reshape([x.shape[0]!, -1, x.shape.at(-1)!]);
}

/** [B, T, d] as [B·T, d]. */
function rows(x: T): T {
  return x.reshape([-1, x.shape.at(-1)!]);
}

/** X Xᵀ of each example. */
function gram(x: T): T {
  return tf.matMul(x, x, false, true);
}

function sumOfEach(x: T): T {
  return tf.sum(x.reshape([x.shape[0]!, -1]), 1);
}

function weighted(x: T, weights: T): T {
  return tf.mul(x, weights.reshape([-1, 1, 1]));
}

function weightedSum(each: T, weights: T): T {
  const [batch, ...shape] = each.shape;
  const row = weights.reshape([1, batch!]);
  return rawOp<T>("MatMul", [row, each.reshape([batch!, -1])]).reshape(shape);
}
