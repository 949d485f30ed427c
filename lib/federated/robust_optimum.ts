/**
 * The solution of a robust federated problem, computed where all data are in one place: what federated methods are held
 * against. It shares no step with them.
 *
 * @module
 */
import { cholesky64, type Matrix64 } from "../tensor/linalg64.ts";
import { FederationError } from "./errors.ts";
import { dot, equalWeights, plus, squaredDistance, type Vector, weightedSum } from "./vector.ts";

/** A loss with its first two derivatives. */
export interface Twice {
  /** The loss at a model. */
  readonly loss: (model: Float64Array) => number;
  /** Its gradient. */
  readonly gradient: (model: Float64Array) => Vector;
  /** Its second derivative. */
  readonly hessian: (model: Float64Array) => Matrix64;
}

/** The solution of `min_x max_λ Σ λ_i f_i(x) − ρ/(2N) Σ (N λ_i − 1)²`. */
export interface RobustOptimum {
  /** x*. */
  readonly model: Vector;
  /** λ*. */
  readonly weights: Vector;
  /** f_i(x*). */
  readonly losses: Vector;
  /** The value there. */
  readonly value: number;
}

/** Above this many clients, trying every set of them takes too long. */
const MOST = 12;

/**
 * Solves the problem by its dual: `max_λ d(λ)`, where `d(λ) = min_x Σ λ_i f_i(x) − ψ(λ)` is concave. The inner minimum
 * is Newton's; the outer maximum goes along quadratic models of d, whose maxima on the simplex are found exactly, by
 * trying every set of clients that may have weight.
 *
 * @param clients The losses: strongly convex, 12 of them at most.
 * @param dimension Of the model.
 * @param rho ρ ≥ 0; 0 is agnostic federated learning.
 * @throws {FederationError} With more clients than that, or a negative ρ.
 */
export function robustOptimum(clients: readonly Twice[], dimension: number, rho: number): RobustOptimum {
  const n = clients.length;
  if (n < 1 || n > MOST || !(rho >= 0)) {
    throw new FederationError({
      message: `The exact solution is for 1 to ${MOST} clients and ρ ≥ 0; got ${n} clients and ρ = ${rho}.`,
    });
  }
  let weights = equalWeights(n);
  let here = innerMinimum(clients, weights, new Float64Array(dimension));
  let value = dual(here.losses, weights, rho);
  for (let round = 0; round < 200; round++) {
    // d's gradient is f − ∇ψ, its second derivative −G H⁻¹ Gᵀ − ρN I with the clients' gradients as rows of G.
    const solved = here.gradients.map((gradient) => solve(here.factor, gradient));
    const curvature = here.gradients.map((row, i) =>
      solved.map((column, j) => dot(row, column) + (i === j ? rho * n : 0))
    );
    const slope = Float64Array.from(here.losses, (loss, i) => loss - rho * (n * weights[i]! - 1));
    const linear = slope.map((entry, i) => entry + dot(curvature[i]!, weights));
    const aim = maximumOnSimplex(curvature, linear);

    let share = 1;
    let next = weights;
    do {
      next = weights.map((weight, i) => weight + share * (aim[i]! - weight));
      here = innerMinimum(clients, next, here.model);
      share /= 2;
    } while (dual(here.losses, next, rho) < value - 1e-13 * Math.abs(value) && share > 1e-6);
    const moved = squaredDistance(next, weights);
    weights = next;
    value = dual(here.losses, weights, rho);
    if (moved < 1e-28) break;
  }
  return { model: here.model, weights, losses: here.losses, value };
}

/** The model that minimises the mean of the losses, or their sum by other weights. */
export function weightedOptimum(
  clients: readonly Twice[],
  dimension: number,
  weights: Float64Array = equalWeights(clients.length),
): Vector {
  return innerMinimum(clients, weights, new Float64Array(dimension)).model;
}

function dual(losses: Float64Array, weights: Float64Array, rho: number): number {
  const n = weights.length;
  return dot(weights, losses) -
    rho / (2 * n) * weights.reduce((sum, weight) => sum + (n * weight - 1) ** 2, 0);
}

/** Newton's method on the weighted loss, with steps halved until the loss falls. */
function innerMinimum(clients: readonly Twice[], weights: Float64Array, start: Float64Array) {
  let model: Vector = Float64Array.from(start);
  const total = (x: Float64Array) => clients.reduce((sum, { loss }, i) => sum + weights[i]! * loss(x), 0);
  for (let round = 0;; round++) {
    const gradients = clients.map(({ gradient }) => gradient(model));
    const factor = cholesky64(sumOf(clients.map(({ hessian }) => hessian(model)), weights));
    const direction = solve(factor, weightedSum(weights, gradients));
    const size = squaredDistance(direction, new Float64Array(direction.length));
    if (round === 100 || size <= 1e-30 * (1 + dot(model, model))) {
      return { model, factor, gradients, losses: Float64Array.from(clients, ({ loss }) => loss(model)) };
    }
    const before = total(model);
    let share = 1;
    while (total(plus(model, direction, -share)) > before + 1e-14 * Math.abs(before) && share > 1e-6) {
      share /= 2;
    }
    model = plus(model, direction, -share);
  }
}

/** The maximum of `linearᵀλ − ½ λᵀ curvature λ` on the simplex: the best over all sets of clients with weight. */
function maximumOnSimplex(curvature: readonly (readonly number[])[], linear: Float64Array): Vector {
  const n = linear.length;
  let best: { readonly weights: Vector; readonly value: number } | undefined;
  for (let set = 1; set < 2 ** n; set++) {
    const members = Array.from({ length: n }, (_, i) => i).filter((i) => set & (1 << i));
    const weights = stationary(curvature, linear, members);
    if (weights === undefined || weights.some((weight) => weight < 0)) continue;
    const value = dot(linear, weights) -
      weights.reduce((sum, weight, i) => sum + weight * dot(curvature[i]!, weights), 0) / 2;
    if (best === undefined || value > best.value) best = { weights, value };
  }
  return best!.weights;
}

/** Where the quadratic is stationary with weight on some clients only: one linear system, with its multiplier. */
function stationary(
  curvature: readonly (readonly number[])[],
  linear: Float64Array,
  members: readonly number[],
): Vector | undefined {
  const size = members.length + 1;
  const rows = members.map((i) => [...members.map((j) => curvature[i]![j]!), 1, linear[i]!]);
  rows.push([...members.map(() => 1), 0, 1]);
  for (let column = 0; column < size; column++) {
    const pivot = rows.slice(column).reduce(
      (best, row, at) => Math.abs(row[column]!) > Math.abs(rows[best]![column]!) ? at + column : best,
      column,
    );
    [rows[column], rows[pivot]] = [rows[pivot]!, rows[column]!];
    const head = rows[column]!;
    if (Math.abs(head[column]!) < 1e-300) return undefined;
    for (const row of rows) {
      if (row === head) continue;
      const factor = row[column]! / head[column]!;
      for (let k = column; k <= size; k++) row[k]! -= factor * head[k]!;
    }
  }
  const weights = new Float64Array(linear.length);
  members.forEach((i, at) => weights[i] = rows[at]![size]! / rows[at]![at]!);
  return weights;
}

function sumOf(matrices: readonly Matrix64[], weights: Float64Array): Matrix64 {
  const { rows, columns } = matrices[0]!;
  return { rows, columns, data: weightedSum(weights, matrices.map(({ data }) => data)) };
}

/** Solves `L Lᵀ x = b`. */
function solve({ rows: n, data }: Matrix64, b: Float64Array): Vector {
  const x = Float64Array.from(b);
  for (let i = 0; i < n; i++) {
    for (let k = 0; k < i; k++) x[i]! -= data[i * n + k]! * x[k]!;
    x[i]! /= data[i * n + i]!;
  }
  for (let i = n - 1; i >= 0; i--) {
    for (let k = i + 1; k < n; k++) x[i]! -= data[k * n + i]! * x[k]!;
    x[i]! /= data[i * n + i]!;
  }
  return x;
}
