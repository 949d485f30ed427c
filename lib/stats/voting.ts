/**
 * Votes: what the majority of independent answers says.
 *
 * @module
 */

/**
 * The probability that more than half of n votes are for something that each of them is for with probability p:
 * P[Bin(n, p) > n/2].
 *
 * @example Below one half votes drown it, above they carry it
 * ```ts
 * import { majority } from "./voting.ts";
 * import { assertAlmostEquals } from "@std/assert";
 *
 * assertAlmostEquals(majority(0.3, 3), 0.216);
 * assertAlmostEquals(majority(0.6, 3), 0.648);
 * ```
 *
 * @param p From 0 to 1.
 * @param n How many votes.
 */
export function majority(p: number, n: number): number {
  let total = 0;
  let ways = 1; // n over k
  for (let k = 0; k <= n; k++) {
    if (2 * k > n) total += ways * p ** k * (1 - p) ** (n - k);
    ways = ways * (n - k) / (k + 1);
  }
  return total;
}
