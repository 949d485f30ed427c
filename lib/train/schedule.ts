/**
 * How the learning rate changes over a training.
 *
 * @module
 */

/** A linear warm-up followed by half a cosine. */
export interface WarmupCosine {
  /** The learning rate at the end of the warm-up. */
  readonly peak: number;
  /** The learning rate at the last step. Default 0. */
  readonly end?: number;
  /** Steps in all. */
  readonly steps: number;
  /** Steps of warm-up; 0 starts at the peak. */
  readonly warmup: number;
}

/**
 * The learning rate of one step under linear warm-up and cosine decay (Loshchilov & Hutter 2017).
 *
 * During the warm-up it is `peak · (step + 1) / (warmup + 1)`, so that the first step moves; afterwards
 * `end + (peak − end) · (1 + cos(π · progress)) / 2`, with progress from 0 just after the warm-up to 1 at the last step.
 *
 * @example Usage
 * ```ts
 * import { warmupCosine } from "./schedule.ts";
 * import { assertAlmostEquals } from "@std/assert";
 *
 * const rate = warmupCosine({ peak: 1e-3, steps: 101, warmup: 0 });
 * assertAlmostEquals(rate(0), 1e-3);
 * assertAlmostEquals(rate(50), 5e-4);
 * assertAlmostEquals(rate(100), 0);
 * ```
 *
 * @returns A function from the step, counted from 0, to the learning rate.
 */
export function warmupCosine({ peak, end = 0, steps, warmup }: WarmupCosine): (step: number) => number {
  return (step) => {
    if (step < warmup) return peak * (step + 1) / (warmup + 1);
    const span = Math.max(1, steps - 1 - warmup);
    const progress = Math.min(1, (step - warmup) / span);
    return end + (peak - end) * (1 + Math.cos(Math.PI * progress)) / 2;
  };
}

/** A schedule that changes between epochs alone. */
export interface ByEpoch {
  /** The learning rate at its highest. */
  readonly peak: number;
  /** Steps of an epoch. */
  readonly epoch: number;
  /** Epochs over which it falls. */
  readonly epochs: number;
  /** Epochs over which it rises. */
  readonly warmup: number;
}

/**
 * The learning rate of CRATE's own program: by epoch e, the lower of the warm-up's `(e + 1) / warmup` and the cosine's
 * `(1 + cos(π e / epochs)) / 2`, times the peak.
 *
 * @example Usage
 * ```ts
 * import { lowerOfBoth } from "./schedule.ts";
 * import { assertAlmostEquals } from "@std/assert";
 *
 * const rate = lowerOfBoth({ peak: 1, epoch: 10, epochs: 200, warmup: 20 });
 * assertAlmostEquals(rate(0), 0.05);
 * assertAlmostEquals(rate(1009), 0.5);
 * ```
 *
 * @returns A function from the step, counted from 0, to the learning rate.
 */
export function lowerOfBoth({ peak, epoch, epochs, warmup }: ByEpoch): (step: number) => number {
  return (step) => {
    const e = Math.floor(step / epoch);
    return peak * Math.min(warmup > 0 ? (e + 1) / warmup : 1, halfCosine(e / epochs));
  };
}

/**
 * The learning rate of timm's cosine schedule: by epoch e, `from + e · (peak − from) / warmup` while it rises, then
 * `end + (peak − end) · (1 + cos(π e / epochs)) / 2`, in which the warm-up's epochs count, and `end` afterwards.
 *
 * @returns A function from the step, counted from 0, to the learning rate.
 */
export function timmCosine(
  { peak, epoch, epochs, warmup, from, end }: ByEpoch & { readonly from: number; readonly end: number },
): (step: number) => number {
  return (step) => {
    const e = Math.floor(step / epoch);
    if (e < warmup) return from + e * (peak - from) / warmup;
    return e < epochs ? end + (peak - end) * halfCosine(e / epochs) : end;
  };
}

function halfCosine(progress: number): number {
  return (1 + Math.cos(Math.PI * progress)) / 2;
}
