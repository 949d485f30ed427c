/**
 * Forecasts: probabilities of classes, beside what came true.
 *
 * @module
 */
import * as Schema from "effect/Schema";

/** Probabilities of classes, and the classes that came true. */
export interface Forecasts {
  /** How many classes there are: at least two. */
  readonly classes: number;
  /** A probability for each example and class, `[n, classes]`; every row sums to 1. */
  readonly probabilities: Float64Array;
  /** The class that came true, `[n]`. */
  readonly labels: Int32Array;
}

/** Forecasts from which nothing can be told: how many there are, and how many it takes. */
export class ForecastError extends Schema.TaggedError<ForecastError>()("ForecastError", {
  message: Schema.String,
}) {}

/** The most probable class of each forecast, its probability, and whether it came true. Of equals, the first class. */
export interface TopLabels {
  /** `[n]`. */
  readonly predicted: Int32Array;
  /** `[n]`. */
  readonly confidence: Float64Array;
  /** 1 where the prediction came true, else 0, `[n]`. */
  readonly correct: Float64Array;
}

/** The top labels of forecasts. */
export function topLabels({ classes, probabilities, labels }: Forecasts): TopLabels {
  const predicted = new Int32Array(labels.length);
  const confidence = new Float64Array(labels.length);
  for (let row = 0; row < labels.length; row++) {
    for (let place = 0; place < classes; place++) {
      const probability = probabilities[row * classes + place]!;
      if (place === 0 || probability > confidence[row]!) {
        predicted[row] = place;
        confidence[row] = probability;
      }
    }
  }
  return {
    predicted,
    confidence,
    correct: Float64Array.from(labels, (label, row) => label === predicted[row] ? 1 : 0),
  };
}

/** Some of the forecasts, by their places; a place may come more than once. */
export function forecastsAt(
  { classes, probabilities, labels }: Forecasts,
  places: ArrayLike<number>,
): Forecasts {
  const taken = new Float64Array(places.length * classes);
  for (let row = 0; row < places.length; row++) {
    const from = places[row]! * classes;
    taken.set(probabilities.subarray(from, from + classes), row * classes);
  }
  return {
    classes,
    probabilities: taken,
    labels: Int32Array.from({ length: places.length }, (_, row) => labels[places[row]!]!),
  };
}

/** Forecasts one after another. */
export function pooled(parts: readonly Forecasts[]): Forecasts {
  const { classes } = parts[0]!;
  return {
    classes,
    probabilities: Float64Array.from(parts.flatMap(({ probabilities }) => [...probabilities])),
    labels: Int32Array.from(parts.flatMap(({ labels }) => [...labels])),
  };
}

/** Forecasts of the same examples with other probabilities. */
export function withProbabilities(
  forecasts: Forecasts,
  probabilityOf: (logarithms: Float64Array) => ArrayLike<number>,
): Forecasts {
  const { classes, probabilities, labels } = forecasts;
  const changed = new Float64Array(probabilities.length);
  for (let row = 0; row < labels.length; row++) {
    const before = probabilities.subarray(row * classes, (row + 1) * classes);
    changed.set(probabilityOf(before.map(logarithm)), row * classes);
  }
  return { classes, probabilities: changed, labels };
}

/** The logarithm of a probability, as finite as it takes: of 0 it is that of the smallest positive number. */
export function logarithm(probability: number): number {
  return Math.log(Math.max(probability, Number.MIN_VALUE));
}

/** Probabilities in proportion to e to the power of each score. */
export function softmax(scores: ArrayLike<number>): Float64Array {
  let most = -Infinity;
  for (let place = 0; place < scores.length; place++) most = Math.max(most, scores[place]!);
  const shares = Float64Array.from(scores, (score) => Math.exp(score - most));
  const sum = shares.reduce((total, share) => total + share, 0);
  return shares.map((share) => share / sum);
}

/** Fails on fewer forecasts than something takes. */
export function needForecasts({ labels }: Forecasts, least: number, what: string): void {
  if (labels.length >= least) return;
  throw new ForecastError({
    message: `${what} takes at least ${least} forecasts; there are ${labels.length}.`,
  });
}
