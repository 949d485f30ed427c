/**
 * The linear map y = x W + b.
 *
 * @module
 */
import type * as TensorFlow from "@tensorflow/tfjs";
import { linear } from "../tensor/linear.ts";
import {
  constant,
  normal,
  parameter,
  type Parameters,
  type ParameterSpec,
  type ParameterSpecs,
  uniform,
} from "./parameters.ts";

/** The parameters of a linear map: `weight` [inputs, outputs] and, unless `bias` is false, `bias` [outputs]. */
export function linearSpecs(
  inputs: number,
  outputs: number,
  options: {
    /** Whether there is a bias; true by default. */
    readonly bias?: boolean;
    /** Standard deviation of the starting weights; 0.02 by default, as in the official ToST and GPT networks. */
    readonly deviation?: number;
  } = {},
): ParameterSpecs {
  const weight = normal([inputs, outputs], options.deviation ?? 0.02);
  return options.bias === false ? { weight } : { weight, bias: constant([outputs], 0) };
}

/** The parameters of a linear map that starts as PyTorch's does: weight and bias uniform in ±1/√inputs. */
export function linearSpecsByFanIn(
  inputs: number,
  outputs: number,
  options: { readonly bias?: boolean } = {},
): ParameterSpecs {
  const bound = 1 / Math.sqrt(inputs);
  const weight = uniform([inputs, outputs], bound);
  const bias: ParameterSpec = uniform([outputs], bound);
  return options.bias === false ? { weight } : { weight, bias };
}

/** Applies a linear map to the last axis of x [..., inputs]. */
export function dense(parameters: Parameters, x: TensorFlow.Tensor): TensorFlow.Tensor {
  return linear(x, parameter(parameters, "weight"), parameters.bias);
}
