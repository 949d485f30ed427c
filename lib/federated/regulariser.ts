/**
 * Regularisers of clients' weights: how a federation weighs the clients that fare worst.
 *
 * The problem is `min_x max_λ Σ λ_i f_i(x) − ψ(λ)` over weights λ of the simplex, or of a part of it.
 *
 * @module
 */
import * as Schema from "effect/Schema";
import { projectToSimplex } from "./simplex.ts";
import { dot, type Vector } from "./vector.ts";

const Strength = Schema.Finite.check(Schema.isGreaterThan(0));

/**
 * Which regulariser ψ, and which weights are allowed:
 * - `chi-squared`: `ψ = ρ/(2N) Σ (N λ_i − 1)²` (Levy et al. 2020), what the experiments of Scaff-PD use;
 * - `entropy`: `ψ = ρ Σ λ_i log(N λ_i)`, the Kullback-Leibler divergence from equal weights;
 * - `value-at-risk`: ψ = 0 and `λ_i ≤ 1/(αN)`, the mean of the worst share α;
 * - `agnostic`: ψ = 0 on the whole simplex, the worst client alone (agnostic federated learning).
 */
export const Regulariser = Schema.Union([
  Schema.Struct({ kind: Schema.Literal("chi-squared"), rho: Strength }),
  Schema.Struct({ kind: Schema.Literal("entropy"), rho: Strength }),
  Schema.Struct({
    kind: Schema.Literal("value-at-risk"),
    alpha: Schema.Finite.check(Schema.isGreaterThan(0), Schema.isLessThanOrEqualTo(1)),
  }),
  Schema.Struct({ kind: Schema.Literal("agnostic") }),
]);

/** Which regulariser, with its strength. */
export type Regulariser = typeof Regulariser.Type;

/** The value ψ(λ), for allowed weights λ. */
export function penalty(regulariser: Regulariser, weights: ArrayLike<number>): number {
  const n = weights.length;
  switch (regulariser.kind) {
    case "chi-squared":
      return (regulariser.rho / (2 * n)) * sum(weights, (weight) => (n * weight - 1) ** 2);
    case "entropy":
      return regulariser.rho * sum(weights, (weight) => weight > 0 ? weight * Math.log(n * weight) : 0);
    default:
      return 0;
  }
}

/** The modulus μ_λ with which ψ is strongly convex: in the Euclidean norm, or in the divergence for `entropy`. */
export function dualConvexity(regulariser: Regulariser, clients: number): number {
  switch (regulariser.kind) {
    case "chi-squared":
      return regulariser.rho * clients;
    case "entropy":
      return regulariser.rho;
    default:
      return 0;
  }
}

/**
 * The weights that a set of losses leads to: `argmax_λ Σ λ_i f_i − ψ(λ)`.
 *
 * @param losses f, one for each client.
 */
export function worstWeights(regulariser: Regulariser, losses: ArrayLike<number>): Vector {
  const f = Float64Array.from(losses);
  const n = f.length;
  switch (regulariser.kind) {
    case "chi-squared":
      return projectToSimplex(f.map((loss) => loss / (regulariser.rho * n) + 1 / n));
    case "entropy":
      return softmax(f.map((loss) => loss / regulariser.rho));
    case "value-at-risk":
      return filled(f, 1 / (regulariser.alpha * n));
    case "agnostic":
      return filled(f, 1);
  }
}

/**
 * The robust loss `max_λ Σ λ_i f_i − ψ(λ)`.
 *
 * @example The mean plus the variance over 2ρ, while every client has weight
 * ```ts
 * import { robustValue } from "./regulariser.ts";
 * import { assertAlmostEquals } from "@std/assert";
 *
 * assertAlmostEquals(robustValue({ kind: "chi-squared", rho: 5 }, [1, 2, 4]), 7 / 3 + (14 / 9) / 10);
 * ```
 */
export function robustValue(regulariser: Regulariser, losses: ArrayLike<number>): number {
  const weights = worstWeights(regulariser, losses);
  return dot(weights, losses) - penalty(regulariser, weights);
}

/**
 * The exact dual step `argmin_λ ψ(λ) − ⟨s, λ⟩ + D(λ, from)/σ`. D is half the squared distance; for `entropy` it is the
 * Kullback-Leibler divergence, whose step has a closed form.
 *
 * @param from The weights before.
 * @param gains s: the losses, perhaps extrapolated.
 * @param step σ > 0.
 */
export function dualStep(
  regulariser: Regulariser,
  from: Float64Array,
  gains: Float64Array,
  step: number,
): Vector {
  const n = from.length;
  const ascended = from.map((weight, i) => weight + step * gains[i]!);
  switch (regulariser.kind) {
    case "chi-squared": {
      const { rho } = regulariser;
      return projectToSimplex(ascended.map((weight) => (weight + step * rho) / (1 + step * rho * n)));
    }
    case "entropy": {
      const exponent = regulariser.rho + 1 / step;
      return softmax(from.map((weight, i) => (Math.log(weight) / step + gains[i]!) / exponent));
    }
    case "value-at-risk":
      return projectToSimplex(ascended, 1 / (regulariser.alpha * n));
    case "agnostic":
      return projectToSimplex(ascended);
  }
}

/** The greatest weights allowed, for the greatest losses first. */
function filled(losses: Float64Array, cap: number): Vector {
  const weights = new Float64Array(losses.length);
  let left = 1;
  const falling = [...losses.keys()].sort((a, b) => losses[b]! - losses[a]!);
  for (const client of falling) {
    weights[client] = Math.min(cap, left);
    left -= weights[client]!;
  }
  return weights;
}

function softmax(scores: Float64Array): Vector {
  const greatest = Math.max(...scores);
  const powers = Float64Array.from(scores, (score) => Math.exp(score - greatest));
  const total = sum(powers, (power) => power);
  return powers.map((power) => power / total);
}

function sum(values: ArrayLike<number>, term: (value: number) => number): number {
  return Array.from(values).reduce((total, value) => total + term(value), 0);
}
