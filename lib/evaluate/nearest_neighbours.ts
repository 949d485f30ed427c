/**
 * Classification by the nearest neighbours.
 *
 * @module
 */
import type { Matrix64 } from "../tensor/linalg64.ts";
import { productTransposed64 } from "../tensor/product64.ts";
import { greatest } from "./nearest_subspace.ts";

/**
 * The class that most of the k nearest known tokens have, by Euclidean distance; the lower one of two that are as many.
 *
 * @param known Tokens `[n, d]` with their labels.
 * @param tokens `[m, d]`.
 */
export function nearestNeighbours(
  known: { readonly features: Matrix64; readonly labels: Int32Array; readonly classes: number },
  tokens: Matrix64,
  k: number,
): Int32Array {
  const products = productTransposed64(tokens, known.features);
  const n = known.features.rows;
  const squares = Array.from({ length: n }, (_, row) => squareOf(known.features, row));
  return Int32Array.from({ length: tokens.rows }, (_, row) => {
    // ‖x − y‖² up to ‖x‖², which is the same for all neighbours of x.
    const distances = squares.map((square, index) => square - 2 * products.data[row * n + index]!);
    const nearest = distances.keys().toArray().toSorted((a, b) => distances[a]! - distances[b]!).slice(0, k);
    const votes = new Array<number>(known.classes).fill(0);
    for (const index of nearest) votes[known.labels[index]!]! += 1;
    return greatest(votes);
  });
}

function squareOf({ columns, data }: Matrix64, row: number): number {
  return data.subarray(row * columns, (row + 1) * columns).reduce((sum, x) => sum + x * x, 0);
}
