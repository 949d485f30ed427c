/**
 * Claims: sentences of a paper made measurable.
 *
 * @module
 */
import type { Expectation } from "./expectation.ts";
import type { Measure } from "./measure.ts";

/**
 * How well it is known that the paper says so: `verified` in the paper's own text or code, or proved by us;
 * `second-hand` from what others wrote of the paper; `reconstructed` by us where neither was to be had.
 */
export type Evidence = "verified" | "second-hand" | "reconstructed";

/** One sentence of a paper made measurable. */
export interface Claim {
  /** Short and unique in its pipeline: `T1`. */
  readonly id: string;
  /** Where the paper says it: `Table 2`, `Fig. 5`. */
  readonly source: string;
  /** What the paper says. */
  readonly says: string;
  /** How well it is known that the paper says it. */
  readonly evidence?: Evidence;
  /** What is measured for it. Absent when no preset on this machine can speak to it: then `outOfScale` says why. */
  readonly measure?: Measure;
  /** On which side the measure must lie. */
  readonly expect: Expectation;
  /** The paper's own number, where there is one. */
  readonly paper?: number;
  /** The measure's unit or scale: `points`, `nats`, `×`. */
  readonly unit?: string;
  /** Set when the paper does not contain it: an added attack, a substitute data set. */
  readonly extension?: boolean;
  /** Set when this preset cannot speak to the claim: the reason, and the preset that can. */
  readonly outOfScale?: string;
  /** What a reader must know to read the number: the true name of the data, a departure from the recipe. */
  readonly note?: string;
}

/** Declares a claim. */
export function claim(claim: Claim): Claim {
  return claim;
}
