/**
 * What the causal token mixers share.
 *
 * @module
 */

/** What causal mixers need to know of a language model. */
export interface CausalConfig {
  /** Features of a token, d. */
  readonly width: number;
  /** Heads h; each has p = d/h features. */
  readonly heads: number;
  /** Blocks of the model: maps into the residual stream start smaller in deeper ones. */
  readonly depth: number;
  /** The longest text, in tokens. */
  readonly context: number;
}

/** Standard deviation of the starting weights of maps into the residual stream, as in GPT-2. */
export function residualDeviation(depth: number): number {
  return 0.02 / Math.sqrt(2 * depth);
}
