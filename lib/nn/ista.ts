/**
 * The sparse half of CRATE's blocks, which takes the perceptron's place: one step of coding tokens by few atoms of a
 * dictionary.
 *
 * @module
 */
import type * as TensorFlow from "@tensorflow/tfjs";
import { linear } from "../tensor/linear.ts";
import { tf } from "../tensor/native.ts";
import { type ParameterSpec, uniform } from "./parameters.ts";

/** The settings of a step. */
export interface StepOptions {
  /** The step size η. */
  readonly step: number;
  /** The weight λ of the ℓ1 norm. */
  readonly sparsity: number;
}

/** The dictionary D [width, width], starting as PyTorch's `kaiming_uniform_`: E[DᵀD] = 2 I. */
export function dictionarySpec(width: number): ParameterSpec {
  return uniform([width, width], Math.sqrt(6 / width));
}

/**
 * ISTA: ReLU(u + η Dᵀ(u − D u) − η λ) for tokens u: the step from A = u of min_{A ≥ 0} λ‖A‖₁ + ½‖u − D A‖².
 *
 * @param u Tokens [B, n, width], as rows: D u is computed as u Dᵀ.
 * @param dictionary D [width, width].
 * @returns [B, n, width], nowhere negative.
 */
export function ista(
  u: TensorFlow.Tensor,
  dictionary: TensorFlow.Tensor,
  { step, sparsity }: StepOptions,
): TensorFlow.Tensor {
  const residual = tf.sub(u, linear(u, tf.transpose(dictionary)));
  const moved = tf.add(u, tf.mul(step, linear(residual, dictionary)));
  return tf.relu(tf.sub(moved, step * sparsity));
}

/**
 * A step of majorisation and minimisation of λ‖A‖₁ − R(A) over A ≥ 0 from A = Dᵀu, the alternative to ISTA of the
 * paper's ablation (equation 92): ReLU((1 + η α/(1 + α)) Dᵀu − η λ).
 *
 * R has the gradient α A(I + α AᵀA)⁻¹, whose Lipschitz constant is at most 9α/4 (Lemma 6), so that −R lies below a
 * parabola of that curvature, and the least of parabola and ℓ1 norm is a thresholded step of η = 4/(9α). For tokens of
 * norm 1 that are far from each other AᵀA ≈ I, as the paper takes it for DᵀD, which makes the gradient α/(1 + α) A.
 * We derived this from the paper's lemma; its equation 92 itself was not at hand.
 *
 * @param u Tokens [B, n, width], as rows: Dᵀu is computed as u D.
 * @param dictionary D [width, width].
 * @returns [B, n, width], nowhere negative.
 */
export function majorisation(
  u: TensorFlow.Tensor,
  dictionary: TensorFlow.Tensor,
  { step, sparsity }: StepOptions,
): TensorFlow.Tensor {
  const alpha = 4 / (9 * step);
  const expanded = tf.mul(1 + step * alpha / (1 + alpha), linear(u, dictionary));
  return tf.relu(tf.sub(expanded, step * sparsity));
}
