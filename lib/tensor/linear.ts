/**
 * Linear maps.
 *
 * @module
 */
import type * as TensorFlow from "@tensorflow/tfjs";
import { tf } from "./native.ts";

/**
 * A linear map of the last axis: `x W + b`.
 *
 * @param x `[…, in]`.
 * @param weight `[in, out]`.
 * @param bias `[out]`, if any.
 * @returns `[…, out]`.
 */
export function linear(
  x: TensorFlow.Tensor,
  weight: TensorFlow.Tensor,
  bias?: TensorFlow.Tensor | null,
): TensorFlow.Tensor {
  const rows = x.rank === 2 ? x : x.reshape([-1, x.shape.at(-1)!]); // one large product instead of many small
  const product = tf.matMul(rows as TensorFlow.Tensor2D, weight as TensorFlow.Tensor2D);
  const mapped = bias ? addBias(product, bias) : product;
  return x.rank === 2 ? mapped : mapped.reshape([...x.shape.slice(0, -1), weight.shape[1]!]);
}

/** Adds a bias to each row. The gradient of the bias is one sum over rows. */
function addBias(rows: TensorFlow.Tensor, bias: TensorFlow.Tensor): TensorFlow.Tensor {
  return tf.add(rows, bias);
}
