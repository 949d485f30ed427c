/**
 * The transformer's two-layer perceptron.
 *
 * @module
 */
import type * as TensorFlow from "@tensorflow/tfjs";
import { gelu } from "../tensor/gelu.ts";
import { dense, linearSpecs } from "./linear.ts";
import { inside, nest, type Parameters, type ParameterSpecs } from "./parameters.ts";

/** Hidden units per input unit, in every network here. */
const ratio = 4;

/** The parameters of a perceptron width → 4·width → width: `up` and `down`. */
export function mlpSpecs(
  width: number,
  options: {
    /** Whether the maps have biases; true by default. */
    readonly bias?: boolean;
    /** Standard deviation of the starting weights of `down`; 0.02 by default. */
    readonly downDeviation?: number;
  } = {},
): ParameterSpecs {
  const bias = options.bias ?? true;
  return nest({
    up: linearSpecs(width, ratio * width, { bias }),
    down: linearSpecs(ratio * width, width, { bias, deviation: options.downDeviation ?? 0.02 }),
  });
}

/** Applies the perceptron, with the exact (erf) GELU between its maps, to the last axis of x. */
export function mlp(parameters: Parameters, x: TensorFlow.Tensor): TensorFlow.Tensor {
  return dense(inside(parameters, "down"), gelu(dense(inside(parameters, "up"), x)));
}
