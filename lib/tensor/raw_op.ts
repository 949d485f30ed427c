/**
 * Any TensorFlow operation by its name, not only those that TensorFlow.js wraps.
 *
 * @module
 */
import type * as TensorFlow from "@tensorflow/tfjs";
import { type Binding, dtypeCode, nativeBackend, type OpAttribute } from "./binding.ts";

/** An attribute of an operation, tagged where JavaScript's own type does not say which of TensorFlow's is meant. */
export type Attribute =
  | boolean
  | string
  | { readonly int: number }
  | { readonly float: number }
  | { readonly type: "float32" | "int32" | "bool" };

/**
 * Runs one TensorFlow operation with one output. It has no gradient: wrap it with `tf.customGrad`.
 *
 * @param name The operation's name in TensorFlow: `Cholesky`.
 * @param inputs Its inputs, in the order of its definition.
 * @param attributes Its attributes. The types of the inputs may be left out.
 */
export function rawOp<T extends TensorFlow.Tensor>(
  name: string,
  inputs: readonly TensorFlow.Tensor[],
  attributes: Readonly<Record<string, Attribute>> = {},
): T {
  return rawOps(name, inputs, attributes, 1)[0] as T;
}

/**
 * {@linkcode rawOp} for operations with several outputs.
 *
 * @param name The operation's name in TensorFlow: `SelfAdjointEigV2`.
 * @param inputs Its inputs, in the order of its definition.
 * @param attributes Its attributes. The types of the inputs may be left out.
 * @param outputs How many outputs it has.
 */
export function rawOps(
  name: string,
  inputs: readonly TensorFlow.Tensor[],
  attributes: Readonly<Record<string, Attribute>>,
  outputs: number,
): TensorFlow.Tensor[] {
  const backend = nativeBackend();
  const encoded = Object.entries(attributes).map(([name, value]) => ({
    name,
    ...encode(backend.binding, value),
  }));
  return backend.executeMultipleOutputs(name, encoded, inputs, outputs);
}

function encode(codes: Binding, value: Attribute): { type: number; value: OpAttribute["value"] } {
  if (typeof value === "boolean") return { type: codes.TF_ATTR_BOOL, value };
  if (typeof value === "string") return { type: codes.TF_ATTR_STRING, value };
  if ("int" in value) return { type: codes.TF_ATTR_INT, value: value.int };
  if ("float" in value) return { type: codes.TF_ATTR_FLOAT, value: value.float };
  return { type: codes.TF_ATTR_TYPE, value: dtypeCode[value.type]! };
}
