/**
 * Measures: the number that a claim is judged by, with its interval, read from the metrics of nodes.
 *
 * @module
 */
import type { Json } from "../dag/canonical.ts";
import type { Node } from "../dag/node.ts";
import type { Metrics } from "../kinds/metrics.ts";
import { type Interval, meanInterval, spanOf } from "./interval.ts";

/** A number to be measured: the nodes whose metrics hold it, and how it is read from them. */
export interface Measure {
  /** The nodes whose metrics are read. */
  readonly nodes: readonly Node<typeof Metrics>[];
  /** Reads the number and its interval from those metrics, in the order of `nodes`. */
  readonly read: (metrics: readonly Metrics[]) => Interval;
}

/** A metrics node, or a list with one for each seed. */
export type OverSeeds = Node<typeof Metrics> | readonly Node<typeof Metrics>[];

/**
 * The mean over seeds of one metric, with its 95 % confidence interval (Student's t). With one node, the metric must
 * carry its own interval (an object with `value`, `low`, `high`, `n`).
 *
 * @param over A metrics node, or one for each seed.
 * @param path The metric's path: `accuracy`, `slopes.tssa`.
 */
export function metric(over: OverSeeds, path: string): Measure {
  const nodes = list(over);
  return {
    nodes,
    read: (metrics) => {
      if (nodes.length === 1) {
        const own = lookUp(metrics[0]!, path);
        if (isInterval(own)) return own;
      }
      return meanInterval(metrics.map((one) => numberAt(one, path)));
    },
  };
}

/**
 * The mean over seeds of `of` − `from`, paired by seed, with its 95 % confidence interval.
 *
 * @param of One metrics node for each seed.
 * @param from As many, for the same seeds.
 * @param path The metric's path.
 * @param scale What the difference is multiplied by: 100 for points of a share.
 */
export function difference(of: OverSeeds, from: OverSeeds, path: string, scale = 1): Measure {
  const [left, right] = [list(of), list(from)];
  return {
    nodes: [...left, ...right],
    read: (metrics) =>
      meanInterval(
        left.map((_, seed) =>
          scale * (numberAt(metrics[seed]!, path) - numberAt(metrics[left.length + seed]!, path))
        ),
      ),
  };
}

/** A number computed from the metrics of each seed, as its mean over seeds with a 95 % confidence interval. */
export function derived(over: OverSeeds, compute: (metrics: Metrics) => number): Measure {
  return { nodes: list(over), read: (metrics) => meanInterval(metrics.map(compute)) };
}

/**
 * One metric of every node, from the least to the greatest: a claim on it holds only when it holds for each of them.
 *
 * @param over A metrics node, or several.
 * @param path The metric's path.
 */
export function span(over: OverSeeds, path: string): Measure {
  return { nodes: list(over), read: (metrics) => spanOf(metrics.map((one) => numberAt(one, path))) };
}

/**
 * The number at a path of some metrics.
 *
 * @throws {RangeError} When there is none.
 */
export function numberAt(metrics: Metrics, path: string): number {
  const found = lookUp(metrics, path);
  if (typeof found === "number") return found;
  if (isInterval(found)) return found.value;
  throw new RangeError(
    `the metrics have no number at ${path}; they have ${Object.keys(metrics).sort().join(", ")}`,
  );
}

/** What stands at a path of some metrics, such as `slopes.tssa`; undefined where nothing does. */
export function lookUp(metrics: Metrics, path: string): Json | undefined {
  return path.split(".").reduce<Json | undefined>(
    (value, key) => (value as Record<string, Json> | null | undefined)?.[key],
    metrics,
  );
}

/** Whether a metric is a number that carries its interval. */
export function isInterval(value: unknown): value is Interval {
  return typeof value === "object" && value !== null && "value" in value && "low" in value && "high" in value;
}

function list(over: OverSeeds): readonly Node<typeof Metrics>[] {
  return Array.isArray(over) ? over : [over as Node<typeof Metrics>];
}
