/**
 * The line through the accuracies of many models, with bootstrap intervals, as metrics that claims and figures read.
 *
 * @module
 */
import * as Schema from "effect/Schema";
import type { Interval } from "../claim/interval.ts";
import type { Metrics } from "../kinds/metrics.ts";
import {
  type Accuracies,
  type AccuracyLine,
  fitAccuracyLine,
  meanAccuracies,
} from "../stats/accuracy_line.ts";
import { bootstrap, type Resampling } from "../stats/bootstrap.ts";
import { TooFewPoints } from "../stats/line.ts";

const Share = Schema.Finite;

const Statistic = Schema.Struct({
  value: Schema.Finite,
  low: Schema.NullOr(Schema.Finite),
  high: Schema.NullOr(Schema.Finite),
  n: Schema.Int,
});

const Points = Schema.Array(Schema.Struct({ id: Share, ood: Share }));

/** Metrics of which every run has some models' accuracies. */
export const Runs = Schema.Array(Schema.Struct({
  points: Schema.Array(Schema.Struct({
    id: Share,
    ood: Share,
    /** The share of the training labels, wrong ones included, that the model fits. */
    fitted: Schema.optionalKey(Share),
  })),
}));

/** Metrics of which every run has some models' accuracies. */
export type Runs = typeof Runs.Type;

/** What {@linkcode lineThrough} measures. */
export const LineThrough = Schema.Struct({
  /** The line; null where too few models differ. */
  line: Schema.NullOr(Schema.Struct({
    slope: Statistic,
    intercept: Statistic,
    correlation: Statistic,
    explained: Statistic,
    rawCorrelation: Statistic,
  })),
  /** What the line goes through: the models themselves, or their means over runs. */
  through: Points,
  /** The accuracies of all models that count. */
  models: Points,
  /** How many models were left out because they do not fit their training labels. */
  dropped: Schema.Int,
});

/** What {@linkcode lineThrough} measures. */
export type LineThrough = typeof LineThrough.Type;

/** How the line is drawn. */
export interface LineOptions extends Resampling {
  /** Whether the line goes through each model, or through the means over runs of models of one kind. */
  readonly through: "models" | "means";
  /** Models that fit less than this share of their training labels are left out. */
  readonly fitted: number;
}

/**
 * Fits the line through the accuracies of many models, in probits. What is resampled for the intervals are runs, which are
 * independent, and not the models in them, which share a seed.
 *
 * @param runs Of each run, its models. For means, every run has the same kinds of model in the same order.
 * @param options How.
 */
export function lineThrough(runs: Runs, { through, fitted, ...resampling }: LineOptions): LineThrough {
  const counted = runs.map(({ points }) =>
    points.map(({ id, ood, fitted: share = 1 }) => share >= fitted ? { id, ood } : undefined)
  );
  const models = counted.flat().filter((model) => model !== undefined);
  const gather = (sample: readonly (typeof counted)[number][]) =>
    through === "means" ? meanAccuracies(sample) : sample.flat().filter((model) => model !== undefined);
  return {
    line: bootstrap(counted, (sample) => lineOrNothing(gather(sample)), resampling) ?? null,
    through: gather(counted),
    models,
    dropped: counted.flat().length - models.length,
  };
}

/**
 * A statistic of the line that some metrics hold, as claims judge it.
 *
 * @throws {TooFewPoints} When there is no line.
 */
export function lineStatistic(metrics: Metrics, name: keyof AccuracyLine): Interval {
  const { line, models, dropped } = Schema.decodeUnknownSync(LineThrough)(metrics);
  if (line === null) {
    throw new TooFewPoints({
      message: `there is no line: ${models.length} models fit their training labels and ${dropped} do not`,
    });
  }
  const { value, low, high, n } = line[name];
  return { value, low: low ?? -Infinity, high: high ?? Infinity, n };
}

function lineOrNothing(
  points: readonly Accuracies[],
): Readonly<Record<keyof AccuracyLine, number>> | undefined {
  try {
    return { ...fitAccuracyLine(points) };
  } catch (error) {
    if (error instanceof TooFewPoints) return undefined;
    throw error;
  }
}
