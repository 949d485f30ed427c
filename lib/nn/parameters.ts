/**
 * Parameters of a network: what there is, counted without allocating, and looked up by name.
 *
 * @module
 */
import * as Schema from "effect/Schema";
import type * as TensorFlow from "@tensorflow/tfjs";
import { elementCount } from "../tensor/array.ts";
import { type Tensors, under } from "../tensor/tensors.ts";

/** Tensors by dotted name: `blocks.0.mlp.up.weight`. */
export type Parameters = Tensors;

/** How a parameter starts. */
export type Initial =
  | { readonly kind: "constant"; readonly value: number }
  | { readonly kind: "normal"; readonly deviation: number }
  | { readonly kind: "uniform"; readonly bound: number };

/** One parameter: its shape, how it starts, and what it is for. */
export interface ParameterSpec {
  /** The shape. */
  readonly shape: readonly number[];
  /** How it starts. */
  readonly initial: Initial;
  /** Set on what forward passes keep rather than gradients train: the running statistics of batch normalisation. */
  readonly statistic?: true;
  /** Set on what weight decay spares although it has two axes or more. */
  readonly undecayed?: true;
}

/** The parameters of a network or a part of one, by dotted name. */
export type ParameterSpecs = Readonly<Record<string, ParameterSpec>>;

/** A network asks for a parameter that it was not given. */
export class MissingParameter extends Schema.TaggedError<MissingParameter>()("MissingParameter", {
  name: Schema.String,
  message: Schema.String,
}) {}

/** A parameter that starts at one value. */
export function constant(shape: readonly number[], value: number): ParameterSpec {
  return { shape, initial: { kind: "constant", value } };
}

/**
 * A parameter that starts normal around zero. This is also `trunc_normal_(std=.02)` of the official networks, which
 * cuts at ±2 and so at a hundred standard deviations.
 */
export function normal(shape: readonly number[], deviation: number): ParameterSpec {
  return { shape, initial: { kind: "normal", deviation } };
}

/** A parameter that starts uniform in ±bound. */
export function uniform(shape: readonly number[], bound: number): ParameterSpec {
  return { shape, initial: { kind: "uniform", bound } };
}

/**
 * Puts the parameters of parts under their names.
 *
 * @example Usage
 * ```ts
 * import { constant, nest } from "./parameters.ts";
 * import { assertEquals } from "@std/assert";
 *
 * const norm = { gain: constant([8], 1), bias: constant([8], 0) };
 * assertEquals(Object.keys(nest({ norm, scale: constant([8], 1) })), ["norm.gain", "norm.bias", "scale"]);
 * ```
 */
export function nest(parts: Readonly<Record<string, ParameterSpec | ParameterSpecs>>): ParameterSpecs {
  return Object.fromEntries(
    Object.entries(parts).flatMap(([name, part]) =>
      isSpec(part)
        ? [[name, part] as const]
        : Object.entries(part).map(([inner, spec]) => [`${name}.${inner}`, spec] as const)
    ),
  );
}

/** Repeats the parameters of a part under `0`, `1`, …, `count − 1`. */
export function repeat(count: number, part: ParameterSpecs): ParameterSpecs {
  return nest(Object.fromEntries(Array.from({ length: count }, (_, index) => [String(index), part])));
}

/** The parameters under a name, without it: `blocks.0.mlp.up.weight` is `up.weight` inside `blocks.0.mlp`. */
export function inside(parameters: Parameters, name: string): Parameters {
  return under(parameters, `${name}.`);
}

/**
 * The parameter of a name.
 *
 * @throws {MissingParameter} When there is none, which means that a checkpoint is of another network or configuration.
 */
export function parameter(parameters: Parameters, name: string): TensorFlow.Tensor {
  const found = parameters[name];
  if (found === undefined) {
    const present = Object.keys(parameters).slice(0, 8).join(", ") || "none";
    throw new MissingParameter({
      name,
      message: `the network needs a parameter "${name}" where there are: ${present}. ` +
        "Use the configuration that the checkpoint was trained with.",
    });
  }
  return found;
}

/**
 * The number of trainable values. Running statistics do not count.
 *
 * @example The smallest official ToST
 * ```ts
 * import { countParameters } from "./parameters.ts";
 * import { tost } from "./tost.ts";
 * import { tostSizes } from "./tost_sizes.ts";
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(countParameters(tost.specs(tostSizes["T12/16"])), 5_769_328);
 * ```
 */
export function countParameters(specs: ParameterSpecs): number {
  return Object.values(specs)
    .filter((spec) => !spec.statistic)
    .reduce((total, spec) => total + elementCount(spec.shape), 0);
}

function isSpec(part: ParameterSpec | ParameterSpecs): part is ParameterSpec {
  return Array.isArray(part.shape);
}
