/**
 * Some examples of a dataset.
 *
 * @module
 */
import type { Dataset } from "../kinds/dataset.ts";
import type { Tensor } from "../tensor/array.ts";
import { mapValues } from "../tensor/tensors.ts";

/** The examples of some numbers, in their order: those rows of every tensor. */
export function keepRows({ about, tensors }: Dataset, rows: ArrayLike<number>): Dataset {
  return { about, tensors: mapValues(tensors, (tensor) => takenRows(tensor, rows)) };
}

/** Rows of an array, by their numbers. */
export function takenRows({ dtype, shape, data }: Tensor, rows: ArrayLike<number>): Tensor {
  const size = data.length / shape[0]!;
  const out = data.slice(0, rows.length * size);
  for (let place = 0; place < rows.length; place++) {
    out.set(data.subarray(rows[place]! * size, (rows[place]! + 1) * size) as never, place * size);
  }
  return { dtype, shape: [rows.length, ...shape.slice(1)], data: out };
}
