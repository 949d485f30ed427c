/**
 * The arithmetic mean.
 *
 * @module
 */

/** The mean of numbers; NaN of none. */
export function mean(numbers: readonly number[]): number {
  return numbers.reduce((sum, number) => sum + number, 0) / numbers.length;
}
