/**
 * How near federations come to the robust optimum, as metrics.
 *
 * @module
 */
import type { Json } from "../dag/canonical.ts";
import type { Checkpoint } from "../kinds/checkpoint.ts";
import type { Metrics } from "../kinds/metrics.ts";
import { approach, costTo, linearRate, polynomialRate } from "./convergence.ts";
import { bytesOf, trajectoryOf } from "./run.ts";

/** What federations are measured against. */
export interface Optima {
  /** The robust optimum. */
  readonly robust: Float64Array;
  /** The optimum of the average loss. */
  readonly average: Float64Array;
  /** The squared distance between the two. */
  readonly gap: number;
}

/** Rounds within which the linear rate is measured, and after which the distance is noted: the 100 of claim C1. */
const WITHIN = 100;

/** The squared distance whose cost is noted, as log10. */
const NEAR = -8;

/**
 * Measures the federation that ends nearest to the robust optimum.
 *
 * @param runs One federation, or one for each setting that was tried.
 * @param optima What they are measured against.
 * @returns Distances are log10 of squared ones. Curves over `rounds`: `distances` and `bytes`; `at100`, the distance
 * after 100 rounds; `last`, `lastToAverage`; `gapShare`, the last squared distance as a share of the gap between the
 * optima; the rates `linear` and `polynomial`, each with `slope` and `straightness`, or null; `near`, what it took to come to
 * 10⁻⁸, or null; `settings`, and how many were `tried`.
 */
export function measureApproach(runs: readonly Checkpoint[], { robust, average, gap }: Optima): Metrics {
  const tried = runs.map((run) => {
    const trajectory = trajectoryOf(run);
    return { trajectory, robust: approach(trajectory, robust) };
  });
  const best = tried.reduce((a, b) => b.robust.distances.at(-1)! < a.robust.distances.at(-1)! ? b : a);
  const { method, settings, moments } = best.trajectory;
  const { rounds, distances } = best.robust;
  const noted = distances[rounds.findLastIndex((round) => round <= WITHIN)]!;
  return {
    method,
    settings,
    tried: runs.length,
    rounds,
    distances,
    bytes: moments.map(({ traffic }) => bytesOf(traffic)),
    at100: noted,
    last: distances.at(-1)!,
    lastToAverage: approach(best.trajectory, average).distances.at(-1)!,
    gapShare: 10 ** distances.at(-1)! / gap,
    linear: linearRate(best.robust, WITHIN) as Json,
    polynomial: polynomialRate(best.robust, 10) as Json,
    near: costTo(best.trajectory, best.robust, NEAR),
  };
}
