/**
 * Scores of forecasts, and what they look like.
 *
 * @module
 */
import { type Forecasts, logarithm, needForecasts, topLabels } from "./forecasts.ts";

/** The share of forecasts whose most probable class came true. */
export function accuracyOf(forecasts: Forecasts): number {
  return mean(forecasts, topLabels(forecasts).correct);
}

/** The mean probability of the most probable class. */
export function meanConfidence(forecasts: Forecasts): number {
  return mean(forecasts, topLabels(forecasts).confidence);
}

/** The mean entropy of the forecasts, in nats. */
export function meanEntropy(forecasts: Forecasts): number {
  const { classes, probabilities, labels } = forecasts;
  const entropies = Float64Array.from(labels, (_, row) => {
    let entropy = 0;
    for (const share of probabilities.subarray(row * classes, (row + 1) * classes)) {
      if (share > 0) entropy -= share * Math.log(share);
    }
    return entropy;
  });
  return mean(forecasts, entropies);
}

/** The Brier score: the mean over forecasts of Σ_c (p_c − 1[c came true])², from 0 to 2. */
export function brierScore(forecasts: Forecasts): number {
  const { classes, probabilities, labels } = forecasts;
  const scores = Float64Array.from(labels, (label, row) => {
    let sum = 0;
    for (let place = 0; place < classes; place++) {
      sum += (probabilities[row * classes + place]! - (place === label ? 1 : 0)) ** 2;
    }
    return sum;
  });
  return mean(forecasts, scores);
}

/** The mean negative log-likelihood of what came true, in nats. */
export function negativeLogLikelihood(forecasts: Forecasts): number {
  const { classes, probabilities, labels } = forecasts;
  return mean(
    forecasts,
    Float64Array.from(labels, (label, row) => -logarithm(probabilities[row * classes + label]!)),
  );
}

function mean(forecasts: Forecasts, values: Float64Array): number {
  needForecasts(forecasts, 1, "A mean");
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
