/**
 * Fixed positions of patches as sines and cosines, as masked autoencoders have them (He et al. 2022).
 *
 * @module
 */
import type * as TensorFlow from "@tensorflow/tfjs";
import { tf } from "../tensor/native.ts";

/** How much slower the slowest wave is than the fastest, at most. */
const TEMPERATURE = 10_000;

/** The positions of a class token and of a square grid of patches: [1, 1 + side², width]. */
export function sinCosPosition(width: number, side: number): TensorFlow.Tensor3D {
  return tf.tensor3d(sinCosFeatures(width, side), [1, 1 + side * side, width]);
}

/**
 * Rows of sines and cosines, one a token: zeros for the class token, then the patches row by row. A patch has its
 * column's features first and then its row's, and of each the sines before the cosines.
 *
 * @example The patch beside the first one
 * ```ts
 * import { sinCosFeatures } from "./sincos_position.ts";
 * import { assertAlmostEquals } from "@std/assert";
 *
 * const second = sinCosFeatures(8, 2).subarray(2 * 8, 3 * 8);
 * assertAlmostEquals(second[0]!, Math.sin(1), 1e-6);
 * assertAlmostEquals(second[1]!, Math.sin(1 / 100), 1e-6);
 * ```
 *
 * @param width Features of a token: a multiple of 4.
 * @param side Patches along a side of the grid.
 * @returns [1 + side², width]
 */
export function sinCosFeatures(width: number, side: number): Float32Array {
  const waves = width / 4;
  const along = (place: number): readonly number[] => {
    const angles = Array.from({ length: waves }, (_, wave) => place / TEMPERATURE ** (wave / waves));
    return [...angles.map(Math.sin), ...angles.map(Math.cos)];
  };
  const patches = Array.from({ length: side * side }, (_, patch) => [
    ...along(patch % side),
    ...along(Math.floor(patch / side)),
  ]);
  return Float32Array.from([...new Array<number>(width).fill(0), ...patches.flat()]);
}
