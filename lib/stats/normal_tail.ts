/**
 * The tail of the standard normal distribution, to full relative precision however far out.
 *
 * @module
 */

/** Where the series for the middle hands over to the continued fraction for the tail. */
const HANDOVER = 2.5;

/**
 * log P(Z > z). Where the tail underflows its logarithm does not.
 *
 * @example Usage
 * ```ts
 * import { logNormalTail } from "./normal_tail.ts";
 * import { assertAlmostEquals } from "@std/assert";
 *
 * assertAlmostEquals(logNormalTail(0), Math.log(0.5), 1e-15);
 * assertAlmostEquals(logNormalTail(40), -804.608442013754, 1e-9);
 * ```
 */
export function logNormalTail(z: number): number {
  if (z < -HANDOVER) return Math.log1p(-Math.exp(logNormalTail(-z)));
  if (z <= HANDOVER) return Math.log(0.5 - middle(z));
  return -z * z / 2 - Math.log(2 * Math.PI) / 2 - Math.log(fraction(z));
}

/** P(Z > z). */
export function normalTail(z: number): number {
  return Math.exp(logNormalTail(z));
}

/** P(0 < Z < z), by the series φ(z) · Σ z^(2k+1) / (1 · 3 ⋯ (2k+1)), whose terms are of one sign. */
function middle(z: number): number {
  let term = z;
  let sum = z;
  for (let k = 1; Math.abs(term) > 1e-17 * Math.abs(sum); k++) {
    term *= z * z / (2 * k + 1);
    sum += term;
  }
  return sum * Math.exp(-z * z / 2) / Math.sqrt(2 * Math.PI);
}

/** φ(z) / P(Z > z) = z + 1/(z + 2/(z + 3/(z + …))), Laplace's continued fraction, in as many steps as 16 digits take. */
function fraction(z: number): number {
  let value = z;
  for (let k = 12 + Math.ceil(400 / (z * z)); k >= 1; k--) value = z + k / value;
  return value;
}
