/**
 * Any TensorFlow operation by its name, not only those that TensorFlow.js wraps.
 *
 * @module
 */
import type * as TensorFlow from "@tensorflow/tfjs";
import { tf } from "./native.ts";

/** An attribute of an operation, tagged where JavaScript's own type does not say which of TensorFlow's is meant. */
export type Attribute =
  | boolean
  | string
  | { readonly int: number }
  | { readonly float: number }
  | { readonly type: "float32" | "int32" | "bool" };

/** The part of TensorFlow.js's native backend that runs operations. */
interface NativeBackend {
  readonly binding: Readonly<Record<string, number>>;
  executeMultipleOutputs(
    name: string,
    attributes: readonly { name: string; type: number; value: unknown }[],
    inputs: readonly TensorFlow.Tensor[],
    outputs: number,
  ): TensorFlow.Tensor[];
}

/**
 * Runs one TensorFlow operation. It has no gradient: wrap it with `tf.customGrad`.
 *
 * @param name The operation's name in TensorFlow: `Cholesky`.
 * @param inputs Its inputs, in the order of its definition.
 * @param attributes Its attributes. The types of the inputs may be left out.
 * @param outputs How many outputs it has.
 */
export function rawOp(
  name: string,
  inputs: readonly TensorFlow.Tensor[],
  attributes: Readonly<Record<string, Attribute>>,
  outputs: number,
): TensorFlow.Tensor[] {
  const backend = tf.backend() as unknown as NativeBackend;
  const encoded = Object.entries(attributes).map(([name, value]) => ({
    name,
    ...encode(backend.binding, value),
  }));
  return backend.executeMultipleOutputs(name, encoded, inputs, outputs);
}

/** {@linkcode rawOp} for the many operations that have one output. */
export function rawOp1<T extends TensorFlow.Tensor>(
  name: string,
  inputs: readonly TensorFlow.Tensor[],
  attributes: Readonly<Record<string, Attribute>> = {},
): T {
  return rawOp(name, inputs, attributes, 1)[0] as T;
}

function encode(codes: Readonly<Record<string, number>>, value: Attribute): { type: number; value: unknown } {
  if (typeof value === "boolean") return { type: codes.TF_ATTR_BOOL!, value };
  if (typeof value === "string") return { type: codes.TF_ATTR_STRING!, value };
  if ("int" in value) return { type: codes.TF_ATTR_INT!, value: value.int };
  if ("float" in value) return { type: codes.TF_ATTR_FLOAT!, value: value.float };
  const types = { float32: codes.TF_FLOAT!, int32: codes.TF_INT32!, bool: codes.TF_BOOL! };
  return { type: codes.TF_ATTR_TYPE!, value: types[value.type] };
}
