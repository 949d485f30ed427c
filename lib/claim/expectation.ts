/**
 * Expectations: the side of a threshold on which a claim says that a number lies.
 *
 * @module
 */

/** A range of numbers that a claim allows. The ends may be infinite. */
export interface Expectation {
  /** The least number that the claim allows. */
  readonly least: number;
  /** The greatest number that the claim allows. */
  readonly most: number;
  /** The range in words: `≥ 1.7`. */
  readonly words: string;
}

/** The claim holds for numbers of at least `least`. */
export function atLeast(least: number): Expectation {
  return { least, most: Infinity, words: `≥ ${least}` };
}

/** The claim holds for numbers of at most `most`. */
export function atMost(most: number): Expectation {
  return { least: -Infinity, most, words: `≤ ${most}` };
}

/** The claim holds for numbers above `least`. Only an interval can tell it from {@linkcode atLeast}. */
export function above(least: number): Expectation {
  return { least, most: Infinity, words: `> ${least}` };
}

/** The claim holds for numbers below `most`. */
export function below(most: number): Expectation {
  return { least: -Infinity, most, words: `< ${most}` };
}

/** The claim holds for numbers from `least` to `most`. */
export function between(least: number, most: number): Expectation {
  return { least, most, words: `${least} to ${most}` };
}
