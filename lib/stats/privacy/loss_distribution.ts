/**
 * Privacy by the distribution of the privacy loss, which is composed exactly but for a grid: tighter than any bound by Rényi
 * divergences.
 *
 * @module
 */
import { type Complex, fourier } from "../fourier.ts";
import { logNormalTail, normalTail } from "../normal_tail.ts";
import { checkDelta, checkSteps, type NoisySteps, type SubsampledGaussian } from "./mechanism.ts";

/** Probabilities of privacy losses on a grid. Every rounding errs towards less privacy. */
interface Losses {
  /** The least loss, in intervals. */
  readonly first: number;
  /** The probabilities of that loss and those after it. */
  readonly mass: Float64Array;
  /** The probability of a loss beyond all bounds. */
  readonly infinite: number;
}

/** Which of the two neighbouring data sets has the example. */
type Direction = "remove" | "add";

/** The distance between losses on the grid. */
const INTERVAL = 2e-4;

/** The share of δ that may go to what lies beyond the grid. */
const BEYOND = 1e-4;

/**
 * The ε of a run at a δ, from the distribution of its privacy loss: the greater of those for removing and for adding an
 * example (Koskela and others 2020; Doroshenko and others 2022). On the grid a loss between two points becomes one or the
 * other with the chances that keep both probabilities of the interval, which never makes a run look more private than it is.
 *
 * @example The Gaussian mechanism, whose ε has a closed form
 * ```ts
 * import { epsilonByLosses } from "./loss_distribution.ts";
 * import { assertAlmostEquals } from "@std/assert";
 *
 * assertAlmostEquals(epsilonByLosses({ rate: 1, noise: 10, steps: 100 }, 1e-5), 4.377178, 1e-3);
 * ```
 *
 * @throws {PrivacyError} On numbers that make no sense.
 */
export function epsilonByLosses(run: NoisySteps, delta: number): number {
  checkSteps(run);
  checkDelta(delta);
  const directions: readonly Direction[] = run.rate === 1 ? ["remove"] : ["remove", "add"];
  return Math.max(...directions.map((direction) => {
    const step = lossesOfStep(run, direction, BEYOND * delta / run.steps);
    return epsilonAt(composed(step, run.steps, BEYOND * delta), delta);
  }));
}

/**
 * The losses of one step. Between the densities of N(0, σ²) and of the mixture (1−q) N(0, σ²) + q N(1, σ²) at x lies
 * `log(1 − q + q e^((2x−1)/2σ²))`, which grows with x: removing an example loses that under the mixture, adding one loses the
 * negative of it under N(0, σ²).
 *
 * @param beyond The probability that may be taken for an infinite loss.
 */
function lossesOfStep({ rate, noise }: SubsampledGaussian, direction: Direction, beyond: number): Losses {
  const reach = noise * farthest(beyond);
  const ratio = (x: number) => Math.log1p(rate * Math.expm1((2 * x - 1) / (2 * noise ** 2)));
  const place = (ratio: number) => {
    const exponential = Math.expm1(ratio) / rate;
    return exponential <= -1 ? -Infinity : 0.5 + noise ** 2 * Math.log1p(exponential);
  };
  const low = Math.floor(ratio(-reach) / INTERVAL);
  const high = Math.ceil(ratio(1 + reach) / INTERVAL);
  const mass = new Float64Array(high - low + 1);
  const base = between(0, noise);
  const shifted = between(1, noise);
  let infinite = 0;
  const split = (cell: number, from: number, to: number) => {
    const without = base(from, to);
    const mixed = (1 - rate) * without + rate * shifted(from, to);
    const [own, other] = direction === "remove" ? [mixed, without] : [without, mixed];
    // The chances of the cell's ends: together `own`, and together `other` when each counts e^−loss of it.
    const least = (direction === "remove" ? cell - 1 : -cell) * INTERVAL;
    const upper = Math.min(own, Math.max(0, (own - other * Math.exp(least)) / -Math.expm1(-INTERVAL)));
    const [lower, higher] = direction === "remove"
      ? [cell - 1 - low, cell - low]
      : [high - cell, high - cell + 1];
    mass[lower]! += own - upper;
    mass[higher]! += upper;
  };
  for (let cell = low + 1; cell <= high; cell++) {
    split(cell, place((cell - 1) * INTERVAL), place(cell * INTERVAL));
  }
  const [lowest, highest] = [place(low * INTERVAL), place(high * INTERVAL)];
  const outside = (from: number, to: number) =>
    direction === "remove" ? (1 - rate) * base(from, to) + rate * shifted(from, to) : base(from, to);
  const [tailOfLow, tailOfHigh] = [outside(-Infinity, lowest), outside(highest, Infinity)];
  mass[0]! += direction === "remove" ? tailOfLow : tailOfHigh;
  infinite += direction === "remove" ? tailOfHigh : tailOfLow;
  return { first: direction === "remove" ? low : -high, mass, infinite };
}

/** How far out a standard normal number lies with a probability. */
function farthest(probability: number): number {
  const wanted = Math.log(probability);
  let z = 0;
  while (logNormalTail(z) > wanted) z += 0.25;
  return z;
}

/** The probability that N(mean, σ²) lies between two numbers, without cancellation in either tail. */
function between(mean: number, deviation: number): (from: number, to: number) => number {
  return (from, to) => {
    const [a, b] = [(from - mean) / deviation, (to - mean) / deviation];
    return a > 0 ? normalTail(a) - normalTail(b) : normalTail(-b) - normalTail(-a);
  };
}

/**
 * The sum of as many independent losses as there are steps, by Fourier transforms. What would fall outside of the array is
 * bounded by Chernoff's inequality and counts as infinite.
 */
function composed(step: Losses, steps: number, beyond: number): Losses {
  if (steps === 1) return step;
  const { first, mass } = step;
  const upper = chernoff(step, steps, beyond, 1);
  const lower = -chernoff(step, steps, beyond, -1);
  const least = Math.max(Math.floor(lower / INTERVAL), steps * first);
  const most = Math.min(Math.ceil(upper / INTERVAL), steps * (first + mass.length - 1));
  const count = Math.max(most - least + 1, mass.length);
  const n = 2 ** Math.ceil(Math.log2(count));
  const numbers: Complex = { real: new Float64Array(n), imaginary: new Float64Array(n) };
  numbers.real.set(mass);
  fourier(numbers);
  power(numbers, steps);
  fourier(numbers, { inverse: true });
  // A sum stands at its number modulo n; negative rounding errors are none of the probabilities.
  const offset = least - steps * first;
  const sums = Float64Array.from(
    { length: most - least + 1 },
    (_, index) => Math.max(0, numbers.real[(offset + index) % n]!),
  );
  const infinite = -Math.expm1(steps * Math.log1p(-step.infinite)) + 2 * beyond;
  return { first: least, mass: sums, infinite };
}

/** A number that the sum of losses, times a sign, exceeds with a given probability at most. */
function chernoff({ first, mass }: Losses, steps: number, probability: number, sign: 1 | -1): number {
  let best = Infinity;
  for (let tilt = 0.1; tilt < 500; tilt *= 1.6) {
    let moment = 0;
    mass.forEach((chance, index) => {
      moment += chance * Math.exp(tilt * sign * (first + index) * INTERVAL);
    });
    if (!Number.isFinite(moment)) break;
    best = Math.min(best, (steps * Math.log(moment) - Math.log(probability)) / tilt);
  }
  return best;
}

/** Raises each number to a power. */
function power({ real, imaginary }: Complex, exponent: number): void {
  for (let k = 0; k < real.length; k++) {
    const radius = Math.hypot(real[k]!, imaginary[k]!) ** exponent;
    const angle = Math.atan2(imaginary[k]!, real[k]!) * exponent;
    real[k] = radius * Math.cos(angle);
    imaginary[k] = radius * Math.sin(angle);
  }
}

/** The least ε ≥ 0 with `Σ_{loss > ε} (1 − e^(ε − loss)) · chance + infinite ≤ δ`. */
function epsilonAt({ first, mass, infinite }: Losses, delta: number): number {
  let chances = infinite;
  let discounted = 0; // Σ chance · e^−loss
  for (let index = mass.length - 1; index >= 0; index--) {
    const loss = (first + index) * INTERVAL;
    // At ε = loss everything above counts; below, δ(ε) = chances − e^ε · discounted is exact down to the next loss.
    if (chances - Math.exp(loss) * discounted > delta) {
      return Math.max(0, Math.log((chances - delta) / discounted));
    }
    if (loss < 0) break;
    chances += mass[index]!;
    discounted += mass[index]! * Math.exp(-loss);
  }
  return chances - discounted > delta && discounted > 0
    ? Math.max(0, Math.log((chances - delta) / discounted))
    : 0;
}
