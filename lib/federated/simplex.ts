/**
 * Projections onto the simplex: the sets that clients' weights lie in.
 *
 * @module
 */
import { FederationError } from "./errors.ts";
import type { Vector } from "./vector.ts";

/**
 * The point nearest to another among weights that sum to 1, none negative and none above `cap`: exact, from the
 * breakpoints of `Σ min(cap, max(0, point[i] − t)) = 1`.
 *
 * @example Usage
 * ```ts
 * import { projectToSimplex } from "./simplex.ts";
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals([...projectToSimplex([1, 1, 0.5])], [0.5, 0.5, 0]);
 * ```
 *
 * @param point Any numbers.
 * @param cap The greatest weight: 1 is the whole simplex, 1/(αN) the set of the conditional value at risk.
 * @throws {FederationError} When no weights can sum to 1 under the cap.
 */
export function projectToSimplex(point: ArrayLike<number>, cap = 1): Vector {
  const values = Float64Array.from(point);
  const n = values.length;
  if (!(cap * n >= 1 - 1e-12)) {
    throw new FederationError({
      message: `Weights of ${n} clients cannot sum to 1 with none above ${cap}: allow at least 1/${n}.`,
    });
  }
  const clip = (shift: number) => values.map((value) => Math.min(cap, Math.max(0, value - shift)));
  const total = (shift: number) => clip(shift).reduce((sum, weight) => sum + weight, 0);
  // Between two neighbouring breakpoints the total is linear in the shift, and it falls as the shift rises.
  const breaks = [...values, ...values.map((value) => value - cap)].sort((a, b) => a - b);
  const above = breaks.findIndex((shift) => total(shift) <= 1);
  const [low, high] = [breaks[Math.max(0, above - 1)]!, breaks[above]!];
  const middle = (low + high) / 2;
  const free = values.filter((value) => value > middle && value < middle + cap);
  if (free.length === 0) return clip(high);
  const capped = values.filter((value) => value >= middle + cap).length;
  return clip((free.reduce((sum, value) => sum + value, 0) + capped * cap - 1) / free.length);
}
