/**
 * The likelihood-ratio attack (Carlini and others 2022): how an example's loss compares with its losses under models that were
 * and that were not trained on it.
 *
 * @module
 */
import { uniform } from "../data/random.ts";
import type { Scores } from "./membership.ts";

/** Models, each trained on its own random half of the same examples. */
export interface ShadowLosses {
  /** For each model, the loss of every example. */
  readonly losses: readonly Float32Array[];
  /** For each model, whether an example was in its half. */
  readonly inside: readonly (readonly boolean[])[];
}

/**
 * Whether each of some examples is in a random half.
 *
 * @param half Which half: another number gives another one.
 */
export function randomHalf(count: number, half: number, seed: number): readonly boolean[] {
  return Array.from(uniform({ seed, stream: "half", step: half }, count), (draw) => draw < 0.5);
}

/**
 * Attacks every model with the help of all others: the score of an example is the logarithm of the ratio of two normal
 * densities at its loss, fitted to its losses under the other models that have it and under those that have not. The
 * deviations are shared by all examples, as a few models cannot tell each one's.
 *
 * Examples that all other models have, or none, are left out.
 *
 * @param shadows At least three models.
 */
export function likelihoodRatios({ losses, inside }: ShadowLosses): Scores {
  const members: number[] = [];
  const others: number[] = [];
  losses.forEach((own, target) => {
    const rest = losses.keys().toArray().filter((model) => model !== target);
    const groups = Array.from(own, (_, example) => ({
      with: rest.filter((model) => inside[model]![example]).map((model) => losses[model]![example]!),
      without: rest.filter((model) => !inside[model]![example]).map((model) => losses[model]![example]!),
    }));
    const deviations = {
      with: sharedDeviation(groups.map((group) => group.with)),
      without: sharedDeviation(groups.map((group) => group.without)),
    };
    groups.forEach((group, example) => {
      if (group.with.length === 0 || group.without.length === 0) return;
      const score = logDensity(own[example]!, mean(group.with), deviations.with) -
        logDensity(own[example]!, mean(group.without), deviations.without);
      (inside[target]![example] ? members : others).push(score);
    });
  });
  return { members, others };
}

/** The root of the mean of variances around each group's own mean. */
function sharedDeviation(groups: readonly (readonly number[])[]): number {
  let [squares, degrees] = [0, 0];
  for (const group of groups) {
    if (group.length < 2) continue;
    const middle = mean(group);
    squares += group.reduce((sum, number) => sum + (number - middle) ** 2, 0);
    degrees += group.length - 1;
  }
  return Math.max(Math.sqrt(squares / Math.max(1, degrees)), 1e-6);
}

function mean(numbers: readonly number[]): number {
  return numbers.reduce((sum, number) => sum + number, 0) / numbers.length;
}

/** The logarithm of a normal density, but for a constant. */
function logDensity(value: number, middle: number, deviation: number): number {
  return -Math.log(deviation) - (value - middle) ** 2 / (2 * deviation ** 2);
}
