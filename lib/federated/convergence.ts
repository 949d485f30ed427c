/**
 * How fast a federation comes to a solution.
 *
 * @module
 */
import { fitLine } from "../stats/line.ts";
import { bytesOf, type Trajectory } from "./run.ts";
import { squaredDistance } from "./vector.ts";

/** Below this squared distance, arithmetic is all that is seen. */
const FLOOR = 1e-24;

/** The distances of a trajectory to a point. */
export interface Approach {
  /** Rounds done, for each distance. */
  readonly rounds: readonly number[];
  /** log10 of the squared distance after those rounds. */
  readonly distances: readonly number[];
}

/** The squared distance to a point, moment by moment, as its logarithm to base 10. */
export function approach({ moments }: Trajectory, point: Float64Array): Approach {
  return {
    rounds: moments.map(({ round }) => round),
    distances: moments.map(({ model }) => Math.log10(Math.max(squaredDistance(model, point), 1e-300))),
  };
}

/** A straight line through logarithms, and how straight they are. */
export interface Rate {
  /** What log10 of the squared distance changes by, in a round or in a factor of ten of rounds. */
  readonly slope: number;
  /** R²: the share of its variance that the line explains. */
  readonly straightness: number;
}

/**
 * The linear rate of the first rounds: the line through log10 ‖x − x*‖² against rounds, as long as it is above what
 * arithmetic leaves.
 *
 * @param within How many rounds are looked at.
 */
export function linearRate({ rounds, distances }: Approach, within: number): Rate | null {
  return lineOf(rounds.flatMap((round, at) => {
    const distance = distances[at]!;
    return round <= within && distance > Math.log10(FLOOR) ? [[round, distance] as const] : [];
  }));
}

/** The polynomial rate: the line through log10 ‖x − x*‖² against log10 of rounds, from round `from` on. */
export function polynomialRate({ rounds, distances }: Approach, from: number): Rate | null {
  return lineOf(rounds.flatMap((round, at) => {
    const distance = distances[at]!;
    return round >= from && distance > Math.log10(FLOOR) ? [[Math.log10(round), distance] as const] : [];
  }));
}

/** What it took to come as near as log10 ‖x − x*‖² = `target`: null when it never did. */
export function costTo(
  trajectory: Trajectory,
  { distances }: Approach,
  target: number,
): { readonly rounds: number; readonly exchanges: number; readonly bytes: number } | null {
  const moment = trajectory.moments[distances.findIndex((distance) => distance <= target)];
  if (moment === undefined) return null;
  const { round, traffic } = moment;
  return { rounds: round, exchanges: traffic.exchanges, bytes: bytesOf(traffic) };
}

/** The line through some points: null when they are fewer than three, or do not move. */
function lineOf(points: readonly (readonly [number, number])[]): Rate | null {
  const moves = points.some(([, y]) => y !== points[0]![1]);
  if (points.length < 3 || !moves) return null;
  const { slope, intercept } = fitLine(points);
  const mean = points.reduce((sum, [, y]) => sum + y / points.length, 0);
  const spread = points.reduce((sum, [, y]) => sum + (y - mean) ** 2, 0);
  const left = points.reduce((sum, [x, y]) => sum + (y - intercept - slope.value * x) ** 2, 0);
  return { slope: slope.value, straightness: 1 - left / spread };
}
