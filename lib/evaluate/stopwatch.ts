/**
 * Timing of calls.
 *
 * @module
 */
import { median } from "../stats/order.ts";

/** How calls are timed. */
export interface TimingOptions {
  /** Seconds that one timing takes at least: a quick call is repeated until they have passed. */
  readonly atLeast: number;
  /** Reads a clock, in milliseconds. */
  readonly now?: () => number;
}

/**
 * Seconds that one call takes: the call is repeated until `atLeast` seconds have passed, and the median of all calls is
 * taken, which a few that were interrupted do not move.
 */
export function secondsPerCall(
  call: () => void,
  { atLeast, now = () => performance.now() }: TimingOptions,
): number {
  const start = now();
  const seconds: number[] = [];
  let before = start;
  do {
    call();
    const after = now();
    seconds.push((after - before) / 1000);
    before = after;
  } while (before - start < 1000 * atLeast);
  return median(seconds);
}
