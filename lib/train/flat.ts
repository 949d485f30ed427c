/**
 * Named tensors as one vector: an optimiser that computes with it runs a dozen operations instead of a dozen a parameter.
 *
 * @module
 */
import type * as TensorFlow from "@tensorflow/tfjs";
import { tf } from "../tensor/native.ts";
import type { Tensors } from "../tensor/tensors.ts";

/** Where each tensor lies in the vector. */
export interface Layout {
  /** The tensors' names, in the order in which they lie. */
  readonly names: readonly string[];
  /** Their shapes, in that order. */
  readonly shapes: readonly (readonly number[])[];
  /** How many elements each has, in that order. */
  readonly sizes: readonly number[];
}

/**
 * Lays tensors out by name, so that the order does not depend on where they come from; those for which `first` holds before
 * the others.
 *
 * @param tensors The tensors.
 * @param first Which ones lie first.
 */
export function layoutOf(tensors: Tensors, first: (name: string) => boolean): Layout {
  const sorted = Object.keys(tensors).sort();
  const names = [...sorted.filter(first), ...sorted.filter((name) => !first(name))];
  return {
    names,
    shapes: names.map((name) => tensors[name]!.shape),
    sizes: names.map((name) => tensors[name]!.size),
  };
}

/** The tensors of a layout as one vector. */
export function flatten({ names }: Layout, tensors: Tensors): TensorFlow.Tensor {
  return tf.concat(names.map((name) => tensors[name]!.reshape([-1])));
}

/** The tensors that a vector holds: the inverse of {@linkcode flatten}. */
export function unflatten({ names, shapes, sizes }: Layout, vector: TensorFlow.Tensor): Tensors {
  const parts = tf.split(vector, [...sizes]);
  return Object.fromEntries(names.map((name, i) => [name, parts[i]!.reshape([...shapes[i]!])]));
}
