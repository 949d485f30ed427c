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
