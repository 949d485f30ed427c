/**
 * Linear CKA, centred kernel alignment (Kornblith et al. 2019): how alike two representations of the same things are,
 * whatever rotation and scale they are seen in.
 *
 * @module
 */
import type { Matrix64 } from "../tensor/linalg64.ts";
import { product64, transpose64 } from "../tensor/product64.ts";

/**
 * Centres a representation's columns, as {@linkcode linearCka} wants it.
 *
 * @param representation [n, d]: a row a thing, a column a feature.
 */
export function centred({ rows, columns, data }: Matrix64): Matrix64 {
  const sums = new Float64Array(columns);
  data.forEach((value, index) => sums[index % columns]! += value);
  return { rows, columns, data: data.map((value, index) => value - sums[index % columns]! / rows) };
}

/**
 * ‖XᵀY‖² / (‖XᵀX‖ ‖YᵀY‖) in Frobenius norms: 1 for representations that a rotation and a scale make equal, 0 for
 * uncorrelated ones. Where one of them does not vary at all, 0.
 *
 * @example A rotation changes nothing
 * ```ts
 * import { centred, linearCka } from "./cka.ts";
 * import { assertAlmostEquals } from "@std/assert";
 *
 * const x = centred({ rows: 3, columns: 2, data: new Float64Array([1, 0, 0, 2, -1, 1]) });
 * const turned = centred({ rows: 3, columns: 2, data: new Float64Array([0, 1, -2, 0, -1, -1]) });
 * assertAlmostEquals(linearCka(x, turned), 1);
 * ```
 *
 * @param x Centred, [n, d].
 * @param y Centred, [n, e]: of the same things.
 */
export function linearCka(x: Matrix64, y: Matrix64): number {
  const across = energy(x, y);
  const own = Math.sqrt(energy(x, x) * energy(y, y));
  return own === 0 ? 0 : across / own;
}

/** ‖XᵀY‖². */
function energy(x: Matrix64, y: Matrix64): number {
  return product64(transpose64(x), y).data.reduce((sum, value) => sum + value * value, 0);
}
