/**
 * Named trees of TensorFlow tensors, and the way between them and plain arrays.
 *
 * @module
 */
import type * as TensorFlow from "@tensorflow/tfjs";
import type { DType, Tensor } from "./array.ts";
import { TensorError } from "./array.ts";
import { tf } from "./native.ts";

/** Tensors by name: a model's parameters, an optimiser's state, a batch. Names are dotted paths: `blocks.0.mlp.weight`. */
export type Tensors = Readonly<Record<string, TensorFlow.Tensor>>;

/** Plain arrays by name: what artifacts hold. */
export type Arrays = Readonly<Record<string, Tensor>>;

/** The dtypes that TensorFlow.js computes with, for each dtype that an array may have. */
const computedAs: Readonly<Record<DType, "float32" | "int32" | "bool" | undefined>> = {
  float32: "float32",
  float64: undefined,
  int32: "int32",
  int64: undefined,
  uint8: "int32",
  bool: "bool",
};

/**
 * Hands an array to TensorFlow. A `uint8` array becomes `int32`, the only integers that TensorFlow.js knows. The elements
 * are not copied where TensorFlow can share them, so they must not change afterwards.
 *
 * @param array The array.
 * @param name What an error calls it.
 * @throws {TensorError} On float64 and int64, which would silently lose digits.
 */
export function toTensor(array: Tensor, name = "the array"): TensorFlow.Tensor {
  const dtype = computedAs[array.dtype];
  if (dtype === undefined) {
    throw new TensorError({
      message:
        `${name} is ${array.dtype}, which TensorFlow.js cannot hold; convert it to float32 or int32 first.`,
    });
  }
  const data = array.dtype === "uint8" ? Int32Array.from(array.data as Uint8Array) : array.data;
  return tf.tensor(data as Float32Array | Int32Array | Uint8Array, [...array.shape], dtype);
}

/** Copies a tensor's elements out of TensorFlow. */
export function toArray(tensor: TensorFlow.Tensor): Tensor {
  // The copy matters: TensorFlow's buffer may be shared with a tensor that lives on.
  return {
    dtype: tensor.dtype as DType,
    shape: tensor.shape.slice(),
    data: tensor.dataSync().slice() as Float32Array | Int32Array | Uint8Array,
  };
}

/** {@linkcode toTensor} for a named tree. */
export function toTensors(arrays: Arrays): Tensors {
  return mapValues(arrays, toTensor);
}

/** {@linkcode toArray} for a named tree. */
export function toArrays(tensors: Tensors): Arrays {
  return mapValues(tensors, toArray);
}

/**
 * Runs a function and frees every tensor that it made and did not `tf.keep`. Unlike `tf.tidy` it does not search the result
 * for tensors, so that the result may be large and plain.
 */
export function freeing<A>(work: () => A): A {
  const engine = tf.engine();
  engine.startScope();
  try {
    return work();
  } finally {
    engine.endScope();
  }
}

/** Applies a function to every value of a record. */
export function mapValues<A, B>(
  record: Readonly<Record<string, A>>,
  f: (value: A, name: string) => B,
): Record<string, B> {
  return Object.fromEntries(Object.entries(record).map(([name, value]) => [name, f(value, name)]));
}

/** The part of a tree under a prefix, without the prefix: `under({ "a.b": x, "c": y }, "a.")` is `{ b: x }`. */
export function under<A>(record: Readonly<Record<string, A>>, prefix: string): Record<string, A> {
  return Object.fromEntries(
    Object.entries(record).filter(([name]) => name.startsWith(prefix)).map((
      [name, value],
    ) => [name.slice(prefix.length), value]),
  );
}

/** Puts a prefix before every name of a tree: the inverse of {@linkcode under}. */
export function prefixed<A>(prefix: string, record: Readonly<Record<string, A>>): Record<string, A> {
  return Object.fromEntries(Object.entries(record).map(([name, value]) => [prefix + name, value]));
}
