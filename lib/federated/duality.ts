/**
 * The duality gap: a certificate of how near a model and weights are to a solution, for every regulariser, that needs no
 * solution to compare with.
 *
 * @module
 */
import { penalty, type Regulariser, robustValue } from "./regulariser.ts";
import { type Twice, weightedOptimum } from "./robust_optimum.ts";
import { dot } from "./vector.ts";

/**
 * `max_λ F(x, λ) − min_x F(x, λ)` at a model x and weights λ, where `F(x, λ) = Σ λ_i f_i(x) − ψ(λ)`. It is never
 * negative but for rounding, and 0 only at a solution.
 *
 * @param regulariser ψ.
 * @param clients The losses f_i, strongly convex.
 * @param model x.
 * @param weights λ, among those that the regulariser allows.
 */
export function dualityGap(
  regulariser: Regulariser,
  clients: readonly Twice[],
  model: Float64Array,
  weights: Float64Array,
): number {
  const lossesAt = (x: Float64Array) => clients.map(({ loss }) => loss(x));
  const best = weightedOptimum(clients, model.length, weights);
  return robustValue(regulariser, lossesAt(model)) -
    (dot(weights, lossesAt(best)) - penalty(regulariser, weights));
}
