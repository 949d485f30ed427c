/**
 * MaskCut (CutLER, arXiv 2301.11320): objects as the parts of a graph of patches that a normalised cut sets apart.
 *
 * @module
 */
import type { Matrix64 } from "../../tensor/linalg64.ts";
import { tridiagonalEigen64 } from "../../tensor/tridiagonal64.ts";
import { maskIou } from "./overlap.ts";

/** How MaskCut is used. In the paper, 3 objects and τ = 0.15. */
export interface MaskCut {
  /** How many objects are looked for in an image, at most. */
  readonly objects: number;
  /** τ: patches whose features have a greater cosine are neighbours. */
  readonly tau: number;
}

/** The weight of an edge between patches that are no neighbours. */
const WEAK = 1e-5;

/**
 * Finds objects in one image, as CutLER's program does, without its conditional random field.
 *
 * Features are scaled to norm 1; edges are 1 between neighbours and 10⁻⁵ elsewhere. The second generalised eigenvector
 * of (D − A) v = λ D v cuts the graph at its mean; the side of its extreme element is the object, unless that side holds
 * three of the four corners. Of it, the part that hangs together with the extreme element is kept, its features are set
 * to zero, and the search begins anew. An image in which all patches are neighbours has nothing to cut.
 *
 * @param features Patches `[g², d]`, row after row, of a square grid.
 * @returns Masks of g² patches. The search ends at one that is mostly the last one, or at most a hundredth of the image.
 */
export function maskCut(features: Matrix64, { objects, tau }: MaskCut): readonly Uint8Array[] {
  const side = Math.sqrt(features.rows);
  const masks: Uint8Array[] = [];
  for (let rest = features; masks.length < objects;) {
    const graph = affinity(rest, tau);
    if (!graph.data.includes(WEAK)) break;
    const mask = salientPart(secondEigenvector(graph), side);
    const area = mask.reduce((sum, patch) => sum + patch, 0) / mask.length;
    const last = masks.at(-1);
    if (last !== undefined && (maskIou(last, mask) > 0.5 || area <= 0.01)) break;
    masks.push(mask);
    rest = without(rest, mask);
  }
  return masks;
}

/** A: 1 between patches whose features have a cosine above τ, 10⁻⁵ elsewhere. */
function affinity({ rows, columns, data }: Matrix64, tau: number): Matrix64 {
  const unit = data.slice();
  for (let row = 0; row < rows; row++) {
    const features = unit.subarray(row * columns, (row + 1) * columns);
    const norm = Math.sqrt(features.reduce((sum, value) => sum + value * value, 0));
    features.forEach((value, column) => features[column] = value / Math.max(norm, 1e-12));
  }
  const edges = new Float64Array(rows * rows);
  for (let i = 0; i < rows; i++) {
    for (let j = 0; j <= i; j++) {
      let cosine = 0;
      for (let k = 0; k < columns; k++) cosine += unit[i * columns + k]! * unit[j * columns + k]!;
      edges[i * rows + j] = edges[j * rows + i] = cosine > tau ? 1 : WEAK;
    }
  }
  return { rows, columns: rows, data: edges };
}

/** The second v of (D − A) v = λ D v: D^{-½} times the second largest eigenvector of D^{-½} A D^{-½}. */
export function secondEigenvector({ rows: n, data }: Matrix64): Float64Array {
  const root = Float64Array.from(
    { length: n },
    (_, row) => 1 / Math.sqrt(data.subarray(row * n, (row + 1) * n).reduce((sum, edge) => sum + edge, 0)),
  );
  const normalised = data.map((edge, place) => edge * root[Math.floor(place / n)]! * root[place % n]!);
  const { vectors } = tridiagonalEigen64({ rows: n, columns: n, data: normalised });
  return root.map((scale, row) => scale * vectors.data[row * n + n - 2]!);
}

/** The connected part of one side of the cut, around its extreme element. */
function salientPart(vector: Float64Array, side: number): Uint8Array {
  const mean = vector.reduce((sum, value) => sum + value, 0) / vector.length;
  const above = Uint8Array.from(vector, (value) => value > mean ? 1 : 0);
  const corners = [0, side - 1, side * (side - 1), side * side - 1];
  const held = corners.filter((corner) => above[corner] === 1).length;
  const reverse = held >= 3 || above[greatest(vector.map(Math.abs))] === 0;
  const part = reverse ? above.map((value) => 1 - value) : above;
  return connected(part, greatest(reverse ? vector.map((value) => -value) : vector), side);
}

/** The places of a mask that can be reached from `seed` by steps up, down, left and right. */
function connected(mask: Uint8Array, seed: number, side: number): Uint8Array {
  const reached = new Uint8Array(mask.length);
  const open = [seed];
  for (let place = open.pop(); place !== undefined; place = open.pop()) {
    if (mask[place] === 0 || reached[place] === 1) continue;
    reached[place] = 1;
    const [row, column] = [Math.floor(place / side), place % side];
    if (row > 0) open.push(place - side);
    if (row < side - 1) open.push(place + side);
    if (column > 0) open.push(place - 1);
    if (column < side - 1) open.push(place + 1);
  }
  return reached;
}

function without(features: Matrix64, mask: Uint8Array): Matrix64 {
  return {
    ...features,
    data: features.data.map((value, place) => mask[Math.floor(place / features.columns)] === 1 ? 0 : value),
  };
}

function greatest(numbers: Float64Array): number {
  return numbers.reduce((best, value, place) => value > numbers[best]! ? place : best, 0);
}
