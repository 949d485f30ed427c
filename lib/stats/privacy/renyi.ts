/**
 * Privacy by Rényi divergence: how far the outcomes with and without one example are apart.
 *
 * @module
 */
import { logNormalTail } from "../normal_tail.ts";
import { checkDelta, checkSteps, type NoisySteps, type SubsampledGaussian } from "./mechanism.ts";

/** The orders at which a bound is sought: 1.1 to 10.9 by tenths, and 12 to 63. */
export const ORDERS: readonly number[] = [
  ...Array.from({ length: 99 }, (_, index) => 1 + (index + 1) / 10),
  ...Array.from({ length: 52 }, (_, index) => 12 + index),
];

/** Terms of the series for a fractional order smaller than this are left out. */
const NEGLIGIBLE = -30;

/**
 * After this many terms a series counts as one that does not end. It happens at orders near 1, where the terms fall off
 * slowly; no bound is found there.
 */
const TERMS = 1000;

/**
 * The Rényi divergence ρ(α) of one step, for adding or removing an example (Mironov, Talwar and Zhang 2019). Exact for
 * every order above 1: a finite sum at whole orders (their section 3.3), two series at others.
 *
 * @example Two closed forms
 * ```ts
 * import { renyiDivergence } from "./renyi.ts";
 * import { assertAlmostEquals } from "@std/assert";
 *
 * assertAlmostEquals(renyiDivergence({ rate: 1, noise: 2 }, 4), 4 / (2 * 2 ** 2));
 * const order2 = Math.log1p(0.01 ** 2 * Math.expm1(1));
 * assertAlmostEquals(renyiDivergence({ rate: 0.01, noise: 1 }, 2), order2, 1e-15);
 * ```
 */
export function renyiDivergence(mechanism: SubsampledGaussian, order: number): number {
  const { rate, noise } = mechanism;
  if (rate === 1) return order / (2 * noise ** 2);
  const moment = Number.isInteger(order) ? wholeMoment(mechanism, order) : fractionalMoment(mechanism, order);
  return moment / (order - 1);
}

/** What a bound says, and the order that gives it. */
export interface RenyiBound {
  /** The ε. */
  readonly epsilon: number;
  /** The order at which the bound is least. */
  readonly order: number;
}

/**
 * The ε of a run at a δ: the least over orders of `Tρ(α) + log((α−1)/α) − (log δ + log α)/(α−1)`, the conversion of
 * Canonne, Kamath and Steinke (2020) and of Balle and others (2020).
 *
 * @example The paper's run at ε = 8: 5,700 steps of 1.3 million among 233.8 million pairs
 * ```ts
 * import { epsilonByRenyi } from "./renyi.ts";
 * import { assertAlmostEquals } from "@std/assert";
 *
 * const examples = 233_804_767;
 * const { epsilon } = epsilonByRenyi(
 *   { rate: 1_310_720 / examples, noise: 0.728, steps: 5700 },
 *   1 / examples,
 * );
 * assertAlmostEquals(epsilon, 8.045, 1e-3);
 * ```
 *
 * @throws {PrivacyError} On numbers that make no sense.
 */
export function epsilonByRenyi(
  run: NoisySteps,
  delta: number,
  orders: readonly number[] = ORDERS,
): RenyiBound {
  checkSteps(run);
  checkDelta(delta);
  let best: RenyiBound = { epsilon: Infinity, order: NaN };
  for (const order of orders) {
    const divergence = run.steps * renyiDivergence(run, order);
    const epsilon = divergence + Math.log1p(-1 / order) - (Math.log(delta) + Math.log(order)) / (order - 1);
    if (epsilon < best.epsilon) best = { epsilon: Math.max(0, epsilon), order };
  }
  return best;
}

/** log Σ_k C(α, k) (1−q)^(α−k) q^k exp((k² − k) / 2σ²). */
function wholeMoment({ rate, noise }: SubsampledGaussian, order: number): number {
  let sum = -Infinity;
  let logChoices = 0;
  for (let k = 0; k <= order; k++) {
    const weight = logChoices + k * Math.log(rate) + (order - k) * Math.log1p(-rate);
    sum = logAdd(sum, weight + (k * k - k) / (2 * noise ** 2));
    logChoices += Math.log((order - k) / (k + 1));
  }
  return sum;
}

/**
 * The same with binomial series: the densities of the mixture's parts are equal at `meeting`, and on each side of it the
 * power of their sum converges in powers of the smaller part. Terms beyond the order alternate in sign; adding their
 * magnitudes, as dp-accounting and Opacus do, gives a bound that is slightly higher.
 */
function fractionalMoment({ rate, noise }: SubsampledGaussian, order: number): number {
  const meeting = noise ** 2 * Math.log(1 / rate - 1) + 0.5;
  const [logRate, logOther] = [Math.log(rate), Math.log1p(-rate)];
  const variance = 2 * noise ** 2;
  let positive = -Infinity;
  let negative = -Infinity;
  let logChoices = 0;
  let sign = 1;
  for (let i = 0; i < TERMS; i++) {
    const j = order - i;
    const below = logChoices + i * logRate + j * logOther + (i * i - i) / variance +
      logNormalTail((i - meeting) / noise);
    const above = logChoices + j * logRate + i * logOther + (j * j - j) / variance +
      logNormalTail((meeting - j) / noise);
    const both = logAdd(below, above);
    if (sign > 0) positive = logAdd(positive, both);
    else negative = logAdd(negative, both);
    if (i > order && both < NEGLIGIBLE) return positive + Math.log1p(-Math.exp(negative - positive));
    logChoices += Math.log(Math.abs(j) / (i + 1));
    if (j < 0) sign = -sign;
  }
  return Infinity;
}

/** log(eᵃ + eᵇ). */
function logAdd(a: number, b: number): number {
  const [small, large] = a < b ? [a, b] : [b, a];
  return small === -Infinity ? large : large + Math.log1p(Math.exp(small - large));
}
