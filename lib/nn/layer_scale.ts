/**
 * LayerScale (Touvron et al. 2021): residual branches that start small.
 *
 * @module
 */
import type * as TensorFlow from "@tensorflow/tfjs";
import { tf } from "../tensor/native.ts";
import { constant, type ParameterSpec } from "./parameters.ts";

/** The factors γ [width], one a feature, all starting at `start`. */
export function layerScaleSpec(width: number, start: number): ParameterSpec {
  return constant([width], start);
}

/** Adds a branch to the residual stream: x + γ ⊙ branch. */
export function addScaled(
  x: TensorFlow.Tensor,
  scale: TensorFlow.Tensor,
  branch: TensorFlow.Tensor,
): TensorFlow.Tensor {
  return tf.add(x, tf.mul(scale, branch));
}
