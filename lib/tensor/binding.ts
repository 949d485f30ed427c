/**
 * The native addon beneath TensorFlow.js, as far as recording and replaying need it.
 *
 * @module
 */
import type * as TensorFlow from "@tensorflow/tfjs";
import { tf } from "./native.ts";

/** An attribute of an operation, as the addon takes it. */
export interface OpAttribute {
  /** The attribute's name in the operation's definition. */
  readonly name: string;
  /** One of the addon's `TF_ATTR_…` codes. */
  readonly type: number;
  /** The value; null where TensorFlow.js leaves the default. */
  readonly value: boolean | number | string | readonly number[] | null | undefined;
}

/** A tensor inside TensorFlow: the addon's number for it, its shape and its dtype code. */
export interface Handle {
  /** Never used twice in a process. */
  readonly id: number;
  /** The length of each axis. */
  readonly shape: readonly number[];
  /** TensorFlow's code: see {@linkcode dtypeCode}. */
  readonly dtype: number;
}

/** The addon. */
export interface Binding {
  /** Makes a tensor of an array. */
  createTensor(
    shape: readonly number[],
    dtype: number,
    data: ArrayBufferView | readonly Uint8Array[],
  ): number;
  /** Frees a tensor. */
  deleteTensor(id: number): void;
  /** Copies a tensor's elements out. */
  tensorDataSync(id: number): Float32Array | Int32Array | Uint8Array;
  /** Runs an operation at once. */
  executeOp(
    name: string,
    attributes: readonly OpAttribute[],
    inputs: readonly number[],
    outputs: number,
  ): Handle[];
  /** Loads `saved_model.pb` from a folder into a session of its own. */
  loadSavedModel(folder: string, tags: string): number;
  /** Closes a session and frees its variables. */
  deleteSavedModel(session: number): void;
  /** Runs a session's graph from named inputs to named outputs (`name:0,name:0`). */
  runSavedModel(
    session: number,
    inputs: readonly number[],
    inputNames: string,
    outputNames: string,
  ): Handle[];
  /** The code of an attribute that is a string. */
  readonly TF_ATTR_STRING: number;
  /** The code of an attribute that is a whole number, or a list of them. */
  readonly TF_ATTR_INT: number;
  /** The code of an attribute that is a number, or a list of them. */
  readonly TF_ATTR_FLOAT: number;
  /** The code of an attribute that is a truth value, or a list of them. */
  readonly TF_ATTR_BOOL: number;
  /** The code of an attribute that is a dtype. */
  readonly TF_ATTR_TYPE: number;
  /** The code of an attribute that is a shape. */
  readonly TF_ATTR_SHAPE: number;
}

/** TensorFlow.js's native backend. Its `binding` may be swapped: that is how steps are recorded. */
export interface NativeBackend {
  /** The addon that every kernel calls. */
  binding: Binding;
  /** The addon's numbers for tensors; hands over those that JavaScript still holds. */
  getInputTensorIds(tensors: readonly TensorFlow.Tensor[]): number[];
  /** Runs an operation at once. */
  executeMultipleOutputs(
    name: string,
    attributes: readonly OpAttribute[],
    inputs: readonly TensorFlow.Tensor[],
    outputs: number,
  ): TensorFlow.Tensor[];
}

/** The native backend that is loaded. */
export function nativeBackend(): NativeBackend {
  return tf.backend() as unknown as NativeBackend;
}

/** The addon's number for a tensor. */
export function idOf(tensor: TensorFlow.Tensor): number {
  return nativeBackend().getInputTensorIds([tensor])[0]!;
}

/** TensorFlow's codes (`enum DataType` in `types.proto`) of the dtypes that TensorFlow.js computes with. */
export const dtypeCode: Readonly<Record<string, number>> = { float32: 1, int32: 3, bool: 10 };

/** The dtype of a code: the inverse of {@linkcode dtypeCode}; other codes come out as `dtype 9`. */
export function dtypeName(code: number): string {
  return Object.keys(dtypeCode).find((name) => dtypeCode[name] === code) ?? `dtype ${code}`;
}
