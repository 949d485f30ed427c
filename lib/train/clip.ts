/**
 * Clipping of gradients.
 *
 * @module
 */
import type * as TensorFlow from "@tensorflow/tfjs";
import { tf } from "../tensor/native.ts";
import { rawOp } from "../tensor/raw_op.ts";
import { mapValues, type Tensors } from "../tensor/tensors.ts";

/** The Euclidean norm of all elements of all tensors together: a float32 scalar. */
export function globalNorm(tensors: Tensors): TensorFlow.Tensor {
  const halves = Object.values(tensors).map((tensor) => rawOp<TensorFlow.Tensor>("L2Loss", [tensor])); // Σ x² / 2
  return tf.sqrt(tf.mul(tf.addN(halves), 2));
}

/** Gradients after clipping, and their norm before it. */
export interface Clipped {
  /** The gradients, by name. */
  readonly gradients: Tensors;
  /** Their global norm before clipping: a float32 scalar. */
  readonly norm: TensorFlow.Tensor;
}

/**
 * Scales gradients down together when their global norm exceeds a bound (Pascanu et al. 2013), as PyTorch's
 * `clip_grad_norm_` does: by `min(1, bound / (norm + 1e-6))`.
 *
 * @param gradients The gradients, by name.
 * @param bound The greatest norm that passes unchanged.
 */
export function clipByGlobalNorm(gradients: Tensors, bound: number): Clipped {
  const norm = globalNorm(gradients);
  const scale = tf.minimum(1, tf.div(bound, tf.add(norm, 1e-6)));
  return { gradients: mapValues(gradients, (gradient) => tf.mul(gradient, scale)), norm };
}
