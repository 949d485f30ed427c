/**
 * ISTA: one step of a non-negative LASSO against a dictionary, which takes the perceptron's place in CRATE.
 *
 * @module
 */
import type * as TensorFlow from "@tensorflow/tfjs";
import { linear } from "../tensor/linear.ts";
import { tf } from "../tensor/native.ts";
import { type ParameterSpec, uniform } from "./parameters.ts";

/** The dictionary D [width, width], starting as PyTorch's `kaiming_uniform_`: E[DᵀD] = 2 I. */
export function dictionarySpec(width: number): ParameterSpec {
  return uniform([width, width], Math.sqrt(6 / width));
}

/**
 * ReLU(u + η Dᵀ(u − D u) − η λ) for tokens u: the step from A = u of min_{A ≥ 0} λ‖A‖₁ + ½‖u − D A‖².
 *
 * @param u Tokens [B, n, width], as rows: D u is computed as u Dᵀ.
 * @param dictionary D [width, width].
 * @param step The step size η.
 * @param sparsity The weight λ of the ℓ1 norm.
 * @returns [B, n, width], nowhere negative.
 */
export function ista(
  u: TensorFlow.Tensor,
  dictionary: TensorFlow.Tensor,
  { step, sparsity }: { readonly step: number; readonly sparsity: number },
): TensorFlow.Tensor {
  const residual = tf.sub(u, linear(u, tf.transpose(dictionary)));
  const moved = tf.add(u, tf.mul(step, linear(residual, dictionary)));
  return tf.relu(tf.sub(moved, step * sparsity));
}
