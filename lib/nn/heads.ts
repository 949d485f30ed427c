/**
 * Attention heads: splitting the features of tokens among them, and merging them again.
 *
 * @module
 */
import type * as TensorFlow from "@tensorflow/tfjs";
import { tf } from "../tensor/native.ts";

/** Splits tokens [B, n, h·p] into heads [B, h, n, p]. */
export function splitHeads(tokens: TensorFlow.Tensor, heads: number): TensorFlow.Tensor4D {
  const [batch, count, width] = tokens.shape as [number, number, number];
  return tf.transpose(tf.reshape(tokens, [batch, count, heads, width / heads]), [0, 2, 1, 3]);
}

/** Merges heads [B, h, n, p] into tokens [B, n, h·p]. */
export function mergeHeads(heads: TensorFlow.Tensor): TensorFlow.Tensor3D {
  const [batch, count, tokens, width] = heads.shape as [number, number, number, number];
  return tf.reshape(tf.transpose(heads, [0, 2, 1, 3]), [batch, tokens, count * width]);
}
