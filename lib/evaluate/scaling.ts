/**
 * How the cost of attention grows with the number of tokens.
 *
 * @module
 */
import * as Schema from "effect/Schema";
import { type Interval, meanInterval } from "../claim/interval.ts";
import { fitLine } from "../stats/line.ts";
import { median } from "../stats/order.ts";

/** A number with its 95 % confidence interval, as metrics hold it. */
const MeasuredInterval = Schema.Struct({
  value: Schema.Finite,
  low: Schema.Finite,
  high: Schema.Finite,
  n: Schema.Int,
});

/** What one kind of attention costs, by number of tokens: at all of them, or at the smallest so many. */
export const Cost = Schema.Struct({
  /** Seconds a call: the median over rounds. */
  seconds: Schema.Array(Schema.Finite),
  /** Seconds a call in each round, by number of tokens. */
  rounds: Schema.Array(Schema.Array(Schema.Finite)),
  /** Bytes held at most during a call. */
  bytes: Schema.Array(Schema.Finite),
  /** The slope of log seconds against log tokens. */
  timeSlope: MeasuredInterval,
  /** The slope of log bytes against log tokens. */
  memorySlope: MeasuredInterval,
});
/** What one kind of attention costs, by number of tokens. */
export type Cost = typeof Cost.Type;

/** How the costs of TSSA and of softmax attention grow with the number of tokens. */
export const Scaling = Schema.Struct({
  /** Numbers of tokens, rising. */
  tokens: Schema.Array(Schema.Int),
  /** Attention heads. */
  heads: Schema.Int,
  /** Features of a token, over all heads. */
  width: Schema.Int,
  /** What TSSA costs. */
  tssa: Cost,
  /** What softmax attention costs. */
  softmax: Cost,
  /** How many times longer softmax attention takes than TSSA, at a number of tokens. */
  ratio: Schema.Struct({ tokens: Schema.Int, time: MeasuredInterval }),
});
/** How the costs of TSSA and of softmax attention grow with the number of tokens. */
export type Scaling = typeof Scaling.Type;

/** How many of the largest sizes a slope is fitted to: below them, the cost of a call as such counts. */
const FITTED = 3;

/**
 * What was measured of one kind of attention, with the slopes over the three largest numbers of tokens.
 *
 * @param tokens Numbers of tokens, rising.
 * @param rounds Seconds a call, by number of tokens and then by round.
 * @param bytes Bytes held at most during a call, by number of tokens.
 */
export function costOf(
  tokens: readonly number[],
  rounds: readonly (readonly number[])[],
  bytes: readonly number[],
): Cost {
  const largest = tokens.map((n, index) => ({ n, index })).slice(-FITTED);
  return {
    seconds: rounds.map(median),
    rounds,
    bytes,
    timeSlope: fitLine(
      largest.flatMap(({ n, index }) =>
        rounds[index]!.map((seconds) => [Math.log(n), Math.log(seconds)] as const)
      ),
    ).slope,
    memorySlope: fitLine(largest.map(({ n, index }) => [Math.log(n), Math.log(bytes[index]!)])).slope,
  };
}

/** How many times longer one kind of attention takes than another: the geometric mean over rounds. */
export function timeRatio(slow: readonly number[], fast: readonly number[]): Interval {
  const logarithms = meanInterval(slow.map((seconds, round) => Math.log(seconds / fast[round]!)));
  return {
    value: Math.exp(logarithms.value),
    low: Math.exp(logarithms.low),
    high: Math.exp(logarithms.high),
    n: logarithms.n,
  };
}
