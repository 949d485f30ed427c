/**
 * Layer normalisation with its parameters.
 *
 * @module
 */
import type * as TensorFlow from "@tensorflow/tfjs";
import { layerNorm } from "../tensor/norm.ts";
import { constant, parameter, type Parameters, type ParameterSpecs } from "./parameters.ts";

/** The parameters of layer normalisation: `gain` [width] and, unless `bias` is false, `bias` [width]. */
export function normSpecs(width: number, options: { readonly bias?: boolean } = {}): ParameterSpecs {
  const gain = constant([width], 1);
  return options.bias === false ? { gain } : { gain, bias: constant([width], 0) };
}

/**
 * Normalises the last axis of x [..., width] to mean 0 and variance 1, then scales and shifts it.
 *
 * @param epsilon What is added to the variance: 1e-6 in the ToST vision networks, 1e-5 in CRATE and the language models.
 */
export function norm(parameters: Parameters, x: TensorFlow.Tensor, epsilon: number): TensorFlow.Tensor {
  return layerNorm(x, parameter(parameters, "gain"), parameters.bias ?? null, epsilon);
}
