/**
 * Tensors as plain arrays: what artifacts hold, before and after TensorFlow.
 *
 * @module
 */
import * as Schema from "effect/Schema";

/** What one element of a tensor is. */
export type DType = "float32" | "float64" | "int32" | "uint8" | "bool" | "int64";

/** The array that holds a tensor's elements. */
export type TensorData = Float32Array | Float64Array | Int32Array | Uint8Array | BigInt64Array;

/** An array of numbers with a shape, in row-major order. A `bool` is a byte, 0 or 1. */
export interface Tensor {
  /** What one element is. */
  readonly dtype: DType;
  /** The length of each axis; a scalar has none. */
  readonly shape: readonly number[];
  /** The elements, the last axis moving fastest. */
  readonly data: TensorData;
}

/** A tensor's elements do not fit its shape or its dtype. */
export class TensorError extends Schema.TaggedError<TensorError>()("TensorError", {
  message: Schema.String,
}) {}

/** The array class of each dtype. */
export const arrayOf = {
  float32: Float32Array,
  float64: Float64Array,
  int32: Int32Array,
  uint8: Uint8Array,
  bool: Uint8Array,
  int64: BigInt64Array,
} as const;

/** How many elements a shape holds: the product of its axes. */
export function elementCount(shape: readonly number[]): number {
  return shape.reduce((product, length) => product * length, 1);
}

/**
 * Makes a tensor, after checking that its elements fit.
 *
 * @example Usage
 * ```ts
 * import { tensor } from "./array.ts";
 * import { assertEquals } from "@std/assert";
 *
 * const eye = tensor("float32", [2, 2], [1, 0, 0, 1]);
 * assertEquals(eye.data, new Float32Array([1, 0, 0, 1]));
 * ```
 *
 * @param dtype What one element is.
 * @param shape The length of each axis.
 * @param data The elements: the dtype's own array, which is kept without a copy, or plain numbers.
 * @throws {TensorError} When the array is of another class, or of another length than the shape's.
 */
export function tensor(dtype: DType, shape: readonly number[], data: TensorData | readonly number[]): Tensor {
  const made: Tensor = {
    dtype,
    shape,
    data: Array.isArray(data) ? fromNumbers(dtype, data) : data as TensorData,
  };
  checkTensor(made, "the tensor");
  return made;
}

/**
 * Checks that a tensor's elements fit its shape and its dtype.
 *
 * @param tensor The tensor.
 * @param name What the message calls it.
 * @throws {TensorError} When they do not, in one sentence.
 */
export function checkTensor(tensor: Tensor, name: string): void {
  const { dtype, shape, data } = tensor;
  const wrong = (message: string) => new TensorError({ message: `${name} ${message}` });
  if (!Object.hasOwn(arrayOf, dtype)) {
    throw wrong(`has the dtype ${dtype}, which is none of ${Object.keys(arrayOf).join(", ")}.`);
  }
  const axis = shape.findIndex((length) => !Number.isSafeInteger(length) || length < 0);
  if (axis >= 0) {
    throw wrong(`has the shape [${shape}], whose axis ${axis} is not a whole number of at least 0.`);
  }
  if (!(data instanceof arrayOf[dtype])) {
    throw wrong(
      `says ${dtype} but is held in ${data?.constructor?.name ?? data}; ${dtype} is held in ${
        arrayOf[dtype].name
      }.`,
    );
  }
  if (data.length !== elementCount(shape)) {
    throw wrong(
      `has the shape [${shape}], which holds ${elementCount(shape)} elements, but comes with ${data.length}.`,
    );
  }
  if (dtype === "bool") {
    const place = (data as Uint8Array).findIndex((byte) => byte > 1);
    if (place >= 0) throw wrong(`says bool but element ${place} is ${data[place]}; a bool is 0 or 1.`);
  }
}

function fromNumbers(dtype: DType, numbers: readonly number[]): TensorData {
  return dtype === "int64" ? BigInt64Array.from(numbers, BigInt) : arrayOf[dtype].from(numbers);
}
