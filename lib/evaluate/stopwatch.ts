/**
 * Timing of calls.
 *
 * @module
 */

/** How calls are timed. */
export interface TimingOptions {
  /** Seconds that one timing takes at least: a quick call is repeated until they have passed. */
  readonly atLeast: number;
  /** Reads a clock, in milliseconds. */
  readonly now?: () => number;
}

/**
 * Seconds that one call takes: the call is repeated until `atLeast` seconds have passed, and the time divided by the
 * number of calls.
 */
export function secondsPerCall(call: () => void, options: TimingOptions): number {
  const now = options.now ?? (() => performance.now());
  const start = now();
  let calls = 0;
  let elapsed = 0;
  do {
    call();
    calls++;
    elapsed = (now() - start) / 1000;
  } while (elapsed < options.atLeast);
  return elapsed / calls;
}
