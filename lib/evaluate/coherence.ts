/**
 * Whether the subspaces of a layer's heads are incoherent: how far the bases of different heads are from orthogonal.
 *
 * @module
 */
import type { Tensor } from "../tensor/array.ts";

/** The coherence of a layer's subspaces. */
export interface Coherence {
  /** The mean of |cos| between directions of different heads: 0 when they are orthogonal. */
  readonly between: number;
  /** The mean of |cos| between different directions of one head. */
  readonly within: number;
  /** The share of ‖UᵀU‖_F² that lies between different heads, U having columns of norm 1. */
  readonly offBlock: number;
}

/**
 * |cos| between the directions of all heads: |UᵀU| with columns scaled to norm 1.
 *
 * @param projection U = [U_1, …, U_h], float32 [d, h·p].
 * @returns [h·p, h·p], row by row.
 */
export function cosines({ shape, data }: Tensor): Float64Array {
  const [rows, columns] = shape as [number, number];
  const lengths = Array.from({ length: columns }, (_, column) => {
    let square = 0;
    for (let row = 0; row < rows; row++) square += Number(data[row * columns + column]) ** 2;
    return Math.sqrt(Math.max(square, Number.MIN_VALUE));
  });
  const found = new Float64Array(columns * columns);
  for (let row = 0; row < rows; row++) {
    for (let i = 0; i < columns; i++) {
      const value = Number(data[row * columns + i]);
      for (let j = 0; j < columns; j++) found[i * columns + j]! += value * Number(data[row * columns + j]);
    }
  }
  return found.map((product, place) =>
    Math.abs(product) / (lengths[Math.floor(place / columns)]! * lengths[place % columns]!)
  );
}

/**
 * Measures the coherence of a layer's subspaces.
 *
 * @example Two heads of one direction each, at 60°
 * ```ts
 * import { coherence } from "./coherence.ts";
 * import { tensor } from "../tensor/array.ts";
 * import { assertAlmostEquals } from "@std/assert";
 *
 * const { between, offBlock } = coherence(tensor("float32", [2, 2], [1, 1, 0, Math.sqrt(3)]), 2);
 * assertAlmostEquals(between, 0.5, 1e-6);
 * assertAlmostEquals(offBlock, 0.2, 1e-6); // 2 · ¼ of 2 + 2 · ¼
 * ```
 *
 * @param projection U = [U_1, …, U_h], float32 [d, h·p].
 * @param heads Heads h.
 */
export function coherence(projection: Tensor, heads: number): Coherence {
  const columns = projection.shape[1]!;
  const width = columns / heads;
  const sums = { between: 0, within: 0, energyBetween: 0, energy: 0 };
  cosines(projection).forEach((cosine, place) => {
    const [i, j] = [Math.floor(place / columns), place % columns];
    const apart = Math.floor(i / width) !== Math.floor(j / width);
    sums.energy += cosine ** 2;
    if (apart) {
      sums.between += cosine;
      sums.energyBetween += cosine ** 2;
    } else if (i !== j) sums.within += cosine;
  });
  return {
    between: heads === 1 ? 0 : sums.between / (columns * (columns - width)),
    within: width === 1 ? 0 : sums.within / (columns * (width - 1)),
    offBlock: sums.energyBetween / sums.energy,
  };
}
