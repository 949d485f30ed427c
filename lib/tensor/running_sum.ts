/**
 * Running sums, as products with triangular matrices: several times faster than TensorFlow's `Cumsum`, whose gradient in
 * TensorFlow.js is wrong besides, except along the last axis.
 *
 * @module
 */
import type * as TensorFlow from "@tensorflow/tfjs";
import { tf } from "./native.ts";
import { rawOp } from "./raw_op.ts";

type T = TensorFlow.Tensor;

/** Elements that one product sums. Longer axes go block by block, so that the cost stays linear in their length. */
const block = 64;

/** Whose elements a sum takes: those before each element or those after it, with the element itself or without. */
interface Side {
  readonly later: boolean;
  readonly itself: boolean;
}

/**
 * The sum of the elements up to each along the third axis: `y_t = Σ_{i ≤ t} x_i`.
 *
 * @param x `[B, h, T, p]`.
 * @returns `[B, h, T, p]`.
 */
export function runningSum(x: TensorFlow.Tensor): TensorFlow.Tensor {
  const operation = tf.customGrad((x) => ({
    value: sums(x as T, { later: false, itself: true }),
    gradFunc: (arriving) => sums(arriving, { later: true, itself: true }),
  }));
  return operation(x);
}

/**
 * The sum of the elements from each on along the third axis: `y_t = Σ_{i ≥ t} x_i`, the transposed map of
 * {@linkcode runningSum}.
 *
 * @param x `[B, h, T, p]`.
 * @returns `[B, h, T, p]`.
 */
export function laterSum(x: TensorFlow.Tensor): TensorFlow.Tensor {
  const operation = tf.customGrad((x) => ({
    value: sums(x as T, { later: true, itself: true }),
    gradFunc: (arriving) => sums(arriving, { later: false, itself: true }),
  }));
  return operation(x);
}

function sums(x: T, side: Side): T {
  const [batch, heads, length, features] = x.shape as [number, number, number, number];
  if (length <= block) return rawOp("BatchMatMulV2", [triangle(length, side), x]);
  const count = Math.ceil(length / block);
  const missing = count * block - length;
  const padded = missing === 0 ? x : tf.pad(x, [[0, 0], [0, 0], [0, missing], [0, 0]]);
  const blocks = padded.reshape([batch, heads, count, block, features]);
  const within = rawOp<T>("BatchMatMulV2", [triangle(block, side), blocks]);
  const between = sums(tf.sum(blocks, 3), { later: side.later, itself: false });
  const whole = tf.add(within, tf.expandDims(between, 3)).reshape(padded.shape);
  return missing === 0 ? whole : tf.slice(whole, [0, 0, 0, 0], x.shape);
}

/** The square matrix of ones below the diagonal, or above it, with the diagonal or without. */
function triangle(size: number, { later, itself }: Side): T {
  const half = later
    ? tf.linalg.bandPart(tf.ones([size, size]), 0, -1)
    : tf.linalg.bandPart(tf.ones([size, size]), -1, 0);
  return itself ? half : tf.sub(half, tf.eye(size));
}
