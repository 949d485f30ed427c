/**
 * Calibration errors: how far confidence is from accuracy.
 *
 * @module
 */
import { type Forecasts, needForecasts, topLabels } from "./forecasts.ts";

/** A bin of a reliability diagram: forecasts of about one confidence. */
export interface ReliabilityBin {
  /** How many forecasts fell into it. */
  readonly count: number;
  /** Their mean confidence; 0 in an empty bin. */
  readonly confidence: number;
  /** The share of them that came true; 0 in an empty bin. */
  readonly accuracy: number;
}

/**
 * The expected calibration error (Guo et al. 2017, arXiv 1706.04599, equation 3): Σ_m |B_m|/n · |acc(B_m) − conf(B_m)|
 * over M bins of equal width, each open at the left and closed at the right: ((m−1)/M, m/M].
 *
 * @example Two forecasts of 0.8, of which one came true
 * ```ts
 * import { expectedCalibrationError } from "./errors.ts";
 * import { assertAlmostEquals } from "@std/assert";
 *
 * const probabilities = Float64Array.of(0.8, 0.2, 0.8, 0.2);
 * const forecasts = { classes: 2, probabilities, labels: Int32Array.of(0, 1) };
 * assertAlmostEquals(expectedCalibrationError(forecasts, 10), 0.3, 1e-12);
 * ```
 *
 * @param bins M: 10 in the paper on in-context learning.
 */
export function expectedCalibrationError(forecasts: Forecasts, bins: number): number {
  needForecasts(forecasts, 1, "A calibration error");
  const { confidence, correct } = topLabels(forecasts);
  return gap(reliability(confidence, correct, bins));
}

/** The bins behind {@linkcode expectedCalibrationError}. */
export function reliabilityBins(forecasts: Forecasts, bins: number): readonly ReliabilityBin[] {
  const { confidence, correct } = topLabels(forecasts);
  return reliability(confidence, correct, bins);
}

/**
 * The classwise calibration error (Kull et al. 2019, arXiv 1910.12656, equation 2): the calibration error of each class's
 * probability by itself, over bins of equal width, as a mean over classes.
 */
export function classwiseCalibrationError(forecasts: Forecasts, bins: number): number {
  needForecasts(forecasts, 1, "A calibration error");
  const { classes, probabilities, labels } = forecasts;
  let total = 0;
  for (let place = 0; place < classes; place++) {
    const probability = Float64Array.from(labels, (_, row) => probabilities[row * classes + place]!);
    const happened = Float64Array.from(labels, (label) => label === place ? 1 : 0);
    total += gap(reliability(probability, happened, bins));
  }
  return total / classes;
}

/**
 * The adaptive calibration error of the top label: {@linkcode expectedCalibrationError} over bins that hold equally many
 * forecasts, or one more where they do not divide.
 */
export function adaptiveCalibrationError(forecasts: Forecasts, bins: number): number {
  needForecasts(forecasts, 1, "A calibration error");
  const { confidence, correct } = topLabels(forecasts);
  const order = Array.from(confidence.keys()).sort((a, b) => confidence[a]! - confidence[b]!);
  return gap(equalParts(order, bins).map((places) => binOf(places, confidence, correct)));
}

/** Cuts a list into parts of equal length, the first ones longer by one where it does not divide (as NumPy does). */
export function equalParts<A>(list: readonly A[], parts: number): readonly (readonly A[])[] {
  const [length, longer] = [Math.floor(list.length / parts), list.length % parts];
  return Array.from({ length: parts }, (_, part) => {
    const start = part * length + Math.min(part, longer);
    return list.slice(start, start + length + (part < longer ? 1 : 0));
  });
}

function reliability(
  confidence: Float64Array,
  correct: Float64Array,
  bins: number,
): readonly ReliabilityBin[] {
  const places: number[][] = Array.from({ length: bins }, () => []);
  confidence.forEach((share, row) => {
    places[Math.min(bins - 1, Math.max(0, Math.ceil(share * bins) - 1))]!.push(row);
  });
  return places.map((rows) => binOf(rows, confidence, correct));
}

function binOf(rows: readonly number[], confidence: Float64Array, correct: Float64Array): ReliabilityBin {
  const count = rows.length;
  if (count === 0) return { count, confidence: 0, accuracy: 0 };
  const mean = (values: Float64Array) => rows.reduce((sum, row) => sum + values[row]!, 0) / count;
  return { count, confidence: mean(confidence), accuracy: mean(correct) };
}

function gap(bins: readonly ReliabilityBin[]): number {
  const all = bins.reduce((sum, { count }) => sum + count, 0);
  return bins.reduce(
    (sum, { count, confidence, accuracy }) => sum + count * Math.abs(accuracy - confidence),
    0,
  ) / all;
}
