/**
 * The standard normal distribution.
 *
 * @module
 */
import jStat from "jstat";

/**
 * Φ(z): the probability that a standard normal number is at most z.
 *
 * @example Usage
 * ```ts
 * import { normalCdf } from "./normal.ts";
 * import { assertAlmostEquals } from "@std/assert";
 *
 * assertAlmostEquals(normalCdf(1.959963984540054), 0.975, 1e-12);
 * ```
 */
export function normalCdf(z: number): number {
  return jStat.normal.cdf(z, 0, 1);
}

/**
 * The probit Φ⁻¹(p): the number that a standard normal one stays below with probability p. ±∞ at 1 and 0.
 *
 * jStat's inverse is good to nine digits or so; one step of Halley's method on Φ makes it good to the last ones.
 */
export function probit(p: number): number {
  if (p <= 0) return -Infinity;
  if (p >= 1) return Infinity;
  const z: number = jStat.normal.inv(p, 0, 1);
  const density = Math.exp(-z * z / 2) / Math.sqrt(2 * Math.PI);
  const newton = (normalCdf(z) - p) / density;
  return z - newton / (1 + z * newton / 2);
}
