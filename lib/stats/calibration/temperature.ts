/**
 * Temperature scaling: one number that sharpens or softens every forecast.
 *
 * @module
 */
import { type Forecasts, logarithm, needForecasts, softmax, withProbabilities } from "./forecasts.ts";

/** A temperature that was fitted. */
export interface Temperature {
  /** T: above 1 it softens, below 1 it sharpens. */
  readonly temperature: number;
  /** Whether the best temperature lies beyond the interval that was searched, at whose end this one is. */
  readonly clipped: boolean;
}

/** Where a temperature is searched. */
export interface TemperatureSearch {
  /** The least temperature. */
  readonly least: number;
  /** The greatest. */
  readonly most: number;
  /** How near the result must be. */
  readonly tolerance: number;
}

/** The search of the paper on in-context learning (arXiv 2312.04021, its program): from 0.01 to 5, to 1e-4. */
export const officialSearch: TemperatureSearch = { least: 0.01, most: 5, tolerance: 1e-4 };

/**
 * Fits the temperature (Guo et al. 2017): the one that minimises the negative log-likelihood of softmax(z / T), with z
 * the logarithms of the probabilities, by bisection of its derivative. In 1/T that is convex, so there is one minimum.
 *
 * @param forecasts Forecasts that are not those to be judged afterwards.
 * @param search Where to search: the paper's interval, unless given.
 */
export function fitTemperature(
  forecasts: Forecasts,
  { least, most, tolerance }: TemperatureSearch = officialSearch,
): Temperature {
  needForecasts(forecasts, 1, "A temperature");
  const falling = (temperature: number) => slopeInColdness(forecasts, 1 / temperature) > 0; // the likelihood, with 1/T
  if (falling(most)) return { temperature: most, clipped: true };
  if (!falling(least)) return { temperature: least, clipped: true };
  let [cold, warm] = [least, most];
  while (warm - cold > tolerance) {
    const middle = (cold + warm) / 2;
    if (falling(middle)) cold = middle;
    else warm = middle;
  }
  return { temperature: (cold + warm) / 2, clipped: false };
}

/** Forecasts at another temperature. The most probable classes stay what they are. */
export function atTemperature(forecasts: Forecasts, temperature: number): Forecasts {
  return withProbabilities(
    forecasts,
    (logarithms) => softmax(logarithms.map((score) => score / temperature)),
  );
}

/** The derivative of the negative log-likelihood in β = 1/T: the mean of E_p[z] − z_true, with p = softmax(β z). */
function slopeInColdness({ classes, probabilities, labels }: Forecasts, coldness: number): number {
  let total = 0;
  for (let row = 0; row < labels.length; row++) {
    const scores = probabilities.subarray(row * classes, (row + 1) * classes).map(logarithm);
    const shares = softmax(scores.map((score) => coldness * score));
    total += shares.reduce((sum, share, place) => sum + share * scores[place]!, 0) - scores[labels[row]!]!;
  }
  return total / labels.length;
}
