/**
 * How a model serves the clients of a federation: on average, and those that fare worst.
 *
 * @module
 */
import type { Metrics } from "../kinds/metrics.ts";
import type { Examples } from "./examples.ts";
import { bytesOf, type Trajectory } from "./run.ts";
import { headAccuracy } from "./softmax_head.ts";

/** The share of clients that count as the worst: 4 of 20, as in the paper. */
export const WORST = 0.2;

/** The mean of the worst ⌈0.2 N⌉ of some accuracies. */
export function meanOfWorst(accuracies: readonly number[], share = WORST): number {
  const worst = accuracies.toSorted((a, b) => a - b).slice(0, Math.ceil(share * accuracies.length));
  return worst.reduce((sum, accuracy) => sum + accuracy, 0) / worst.length;
}

/**
 * Measures the accuracies of a softmax head on every client's own test data, moment by moment.
 *
 * @param trajectory The federation.
 * @param clients One client's test data each.
 * @returns Curves over `rounds`: `mean`, `worst` (of the worst 20 % of clients), `exchanges` and `bytes`; and `last`,
 * with `clients`, the accuracy of each.
 */
export function measureFairness(
  { method, settings, moments }: Trajectory,
  clients: readonly Examples[],
): Metrics {
  const accuracies = moments.map(({ model }) => clients.map((examples) => headAccuracy(model, examples)));
  const mean = accuracies.map((all) => all.reduce((sum, accuracy) => sum + accuracy / all.length, 0));
  const worst = accuracies.map((all) => meanOfWorst(all));
  return {
    method,
    settings,
    rounds: moments.map(({ round }) => round),
    mean,
    worst,
    exchanges: moments.map(({ traffic }) => traffic.exchanges),
    bytes: moments.map(({ traffic }) => bytesOf(traffic)),
    last: { mean: mean.at(-1)!, worst: worst.at(-1)!, clients: accuracies.at(-1)! },
  };
}
