/**
 * The layers of a network that have parameters, as something that can be watched at work.
 *
 * A network that uses its parameters only through these can be trained privately: what a layer got and what arrives at its
 * result in a gradient are all that the gradient of each example takes (`lib/train/private/`).
 *
 * @module
 */
import type * as TensorFlow from "@tensorflow/tfjs";
import { gather } from "../tensor/gather.ts";
import { dense } from "./linear.ts";
import { norm } from "./norm.ts";
import { inside, parameter, type Parameters, type ParameterSpecs, uniform } from "./parameters.ts";

/** A network's layers, by the names under which their parameters stand. */
export interface Layers {
  /** `x W + b` of the last axis: `weight` and, where the network has it, `bias` under the name. */
  readonly linear: (name: string, x: TensorFlow.Tensor) => TensorFlow.Tensor;
  /** Layer normalisation of the last axis: `gain` and `bias` under the name. */
  readonly norm: (name: string, x: TensorFlow.Tensor, epsilon: number) => TensorFlow.Tensor;
  /** Rows of the table `weight` under the name, by their numbers. */
  readonly embedding: (name: string, tokens: TensorFlow.Tensor) => TensorFlow.Tensor;
}

/** Layers that do nothing but their work. */
export function plainLayers(parameters: Parameters): Layers {
  return {
    linear: (name, x) => dense(inside(parameters, name), x),
    norm: (name, x, epsilon) => norm(inside(parameters, name), x, epsilon),
    embedding: (name, tokens) => gather(parameter(parameters, `${name}.weight`), tokens),
  };
}

/** The layers under a name, without it. */
export function layersInside(layers: Layers, name: string): Layers {
  return {
    linear: (inner, x) => layers.linear(`${name}.${inner}`, x),
    norm: (inner, x, epsilon) => layers.norm(`${name}.${inner}`, x, epsilon),
    embedding: (inner, tokens) => layers.embedding(`${name}.${inner}`, tokens),
  };
}

/** The parameters of a linear map that starts as Glorot and Bengio (2010) have it: uniform in ±√(6/(inputs + outputs)). */
export function glorotSpecs(
  inputs: number,
  outputs: number,
  options: { readonly bias?: boolean } = {},
): ParameterSpecs {
  const weight = uniform([inputs, outputs], Math.sqrt(6 / (inputs + outputs)));
  const bias = { shape: [outputs], initial: { kind: "constant", value: 0 } } as const;
  return options.bias === false ? { weight } : { weight, bias };
}
