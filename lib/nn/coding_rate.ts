/**
 * Coding rates of tokens (arXiv 2306.01129, equations 7 and 8): how many nats tell them apart at a precision. They are
 * what the white-box transformers are derived from; here with gradients, in float32.
 *
 * @module
 */
import type * as TensorFlow from "@tensorflow/tfjs";
import { logDetGram } from "../tensor/linalg.ts";
import { tf } from "../tensor/native.ts";

/**
 * The coding rate R(Z) = ½ log det(I + d/(n ε²) ZᵀZ) of tokens Z, their rows.
 *
 * @param tokens [..., n, d].
 * @param epsilon The precision ε > 0.
 * @returns [...], in nats.
 */
export function codingRate(tokens: TensorFlow.Tensor, epsilon: number): TensorFlow.Tensor {
  const [count, width] = tokens.shape.slice(-2) as [number, number];
  return tf.mul(0.5, logDetGram(tokens, width / (count * epsilon ** 2)));
}

/**
 * The coding rate of tokens against subspaces, R^c(Z | U) = Σ_k ½ log det(I + p/(n ε²) (Z U_k)ᵀ(Z U_k)).
 *
 * @param projections Z U_k for each subspace k, [..., h, n, p]: what probes of ToST and CRATE call `projections`.
 * @param epsilon The precision ε > 0.
 * @returns [...], in nats.
 */
export function subspaceCodingRate(projections: TensorFlow.Tensor, epsilon: number): TensorFlow.Tensor {
  return tf.sum(codingRate(projections, epsilon), -1);
}
