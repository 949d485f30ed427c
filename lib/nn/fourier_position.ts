/**
 * The position encoding of XCiT and ToST: sines and cosines of a patch's row and column, mapped to the width.
 *
 * @module
 */
import type * as TensorFlow from "@tensorflow/tfjs";
import { tf } from "../tensor/native.ts";
import { dense, linearSpecsByFanIn } from "./linear.ts";
import type { Parameters, ParameterSpecs } from "./parameters.ts";

/** Frequencies of each of the two axes, sines and cosines together. */
const frequencies = 32;

/** The longest wavelength is this many times 2π. */
const temperature = 10_000;

/** The parameters: one linear map from the 64 sines and cosines to the width. */
export function fourierPositionSpecs(width: number): ParameterSpecs {
  return linearSpecsByFanIn(2 * frequencies, width);
}

/** The encoding of every patch of a grid, [rows · columns, width], row by row. */
export function fourierPosition(parameters: Parameters, rows: number, columns: number): TensorFlow.Tensor {
  const values = fourierFeatures(rows, columns);
  return dense(parameters, tf.tensor2d(values, [rows * columns, 2 * frequencies]));
}

/**
 * The sines and cosines of a grid of patches.
 *
 * @returns [rows · columns, 64] row by row: 32 values of the row, then 32 of the column, sines at even places and
 * cosines at odd ones.
 */
export function fourierFeatures(rows: number, columns: number): Float32Array {
  const axis = (index: number, count: number): number[] => {
    // Positions count from 1, and the last one is a whole turn; the small number is the official program's.
    const angle = (index + 1) / (count + 1e-6) * 2 * Math.PI;
    return Array.from({ length: frequencies }, (_, place) => {
      const phase = angle / temperature ** (2 * Math.floor(place / 2) / frequencies);
      return place % 2 === 0 ? Math.sin(phase) : Math.cos(phase);
    });
  };
  const grid = Array.from({ length: rows * columns }, (_, patch) => [
    ...axis(Math.floor(patch / columns), rows),
    ...axis(patch % columns, columns),
  ]);
  return Float32Array.from(grid.flat());
}
