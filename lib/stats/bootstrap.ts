/**
 * The bootstrap: how much a statistic would vary if the sample were drawn again.
 *
 * @module
 */
import { integers } from "../data/random.ts";

/** A bootstrap interval. Its ends are null where a sample of one leaves them open. */
export interface BootstrapInterval {
  /** The statistic of the sample itself. */
  readonly value: number;
  /** The 2.5 % quantile over resamples. */
  readonly low: number | null;
  /** The 97.5 % quantile over resamples. */
  readonly high: number | null;
  /** The sample's size. */
  readonly n: number;
}

/** How a bootstrap resamples. */
export interface Resampling {
  /** How many resamples are drawn. */
  readonly resamples: number;
  /** The seed of the draws. */
  readonly seed: number;
}

/**
 * The percentile bootstrap (Efron 1979) of several statistics at once, from the same resamples: each is drawn from the
 * sample with replacement, at its size.
 *
 * @example The interval of a mean
 * ```ts
 * import { bootstrap } from "./bootstrap.ts";
 * import { assert } from "@std/assert";
 *
 * const mean = (sample: readonly number[]) => ({ mean: sample.reduce((sum, x) => sum + x, 0) / sample.length });
 * const found = bootstrap([1, 2, 3, 4], mean, { resamples: 1000, seed: 0 })!.mean;
 * assert(found.value === 2.5 && found.low! < 2 && found.high! > 3);
 * ```
 *
 * @param sample The sample, of independent items.
 * @param statistics Computes the statistics. Undefined for a resample that has none, such as a line through copies of
 * one point; it is left out.
 * @param resampling How many resamples, and the seed.
 * @returns Each statistic with its 95 % interval.
 */
export function bootstrap<A, Name extends string>(
  sample: readonly A[],
  statistics: (sample: readonly A[]) => Readonly<Record<Name, number>> | undefined,
  { resamples, seed }: Resampling,
): Readonly<Record<Name, BootstrapInterval>> | undefined {
  const found = statistics(sample);
  if (found === undefined) return undefined;
  const n = sample.length;
  const drawn = n < 2 ? [] : Array.from({ length: resamples }, (_, step) => {
    const places = integers({ seed, stream: "bootstrap", step }, n, n);
    return statistics(Array.from(places, (place) => sample[place]!));
  }).filter((one) => one !== undefined);
  const intervalOf = (name: Name): BootstrapInterval => {
    const sorted = drawn.map((one) => one[name]).sort((a, b) => a - b);
    const [low, high] = sorted.length === 0
      ? [null, null]
      : [quantile(sorted, 0.025), quantile(sorted, 0.975)];
    return { value: found[name], low, high, n };
  };
  const names = Object.keys(found) as Name[];
  return Object.fromEntries(names.map((name) => [name, intervalOf(name)])) as Record<Name, BootstrapInterval>;
}

/**
 * A quantile of sorted numbers, between two neighbours by their distance (NumPy's default).
 *
 * @param sorted At least one number, in ascending order.
 * @param share From 0 to 1.
 */
export function quantile(sorted: readonly number[], share: number): number {
  const place = share * (sorted.length - 1);
  const below = Math.floor(place);
  const above = Math.min(below + 1, sorted.length - 1);
  return sorted[below]! + (place - below) * (sorted[above]! - sorted[below]!);
}
