/**
 * All that is told of forecasts in one go.
 *
 * @module
 */
import { bootstrap, type BootstrapInterval, type Resampling } from "../bootstrap.ts";
import {
  adaptiveCalibrationError,
  classwiseCalibrationError,
  expectedCalibrationError,
  type ReliabilityBin,
  reliabilityBins,
} from "./errors.ts";
import { calibrationFloor, type Floor } from "./floor.ts";
import { type Forecasts, forecastsAt } from "./forecasts.ts";
import { accuracyOf, brierScore, meanConfidence, meanEntropy, negativeLogLikelihood } from "./scores.ts";

/** Errors and scores of forecasts. */
export interface Calibration {
  /** The share of predictions that came true. */
  readonly accuracy: number;
  /** The mean probability of the predicted class. */
  readonly confidence: number;
  /** The mean entropy, in nats. */
  readonly entropy: number;
  /** The expected calibration error. */
  readonly error: number;
  /** The classwise calibration error. */
  readonly classwise: number;
  /** The adaptive calibration error. */
  readonly adaptive: number;
  /** The Brier score. */
  readonly brier: number;
  /** The negative log-likelihood, in nats. */
  readonly likelihood: number;
}

/** Tells errors and scores of forecasts, over bins of equal width (or, for the adaptive error, equal mass). */
export function calibrationOf(forecasts: Forecasts, bins: number): Calibration {
  return {
    accuracy: accuracyOf(forecasts),
    confidence: meanConfidence(forecasts),
    entropy: meanEntropy(forecasts),
    error: expectedCalibrationError(forecasts, bins),
    classwise: classwiseCalibrationError(forecasts, bins),
    adaptive: adaptiveCalibrationError(forecasts, bins),
    brier: brierScore(forecasts),
    likelihood: negativeLogLikelihood(forecasts),
  };
}

/** How sure the calibration error of forecasts is. */
export interface ErrorInContext {
  /** The error with its bootstrap interval, which lies too high, since resampling adds noise to every bin. */
  readonly interval: BootstrapInterval;
  /** What calibrated forecasts would show. */
  readonly floor: Floor;
  /** The bins behind it. */
  readonly bins: readonly ReliabilityBin[];
}

/** Tells how sure the expected calibration error is. */
export function errorInContext(forecasts: Forecasts, bins: number, resampling: Resampling): ErrorInContext {
  const places = Array.from(forecasts.labels.keys());
  const intervals = bootstrap(
    places,
    (sample) => ({ error: expectedCalibrationError(forecastsAt(forecasts, sample), bins) }),
    resampling,
  )!;
  return {
    interval: intervals.error,
    floor: calibrationFloor(forecasts, bins, { count: resampling.resamples, seed: resampling.seed }),
    bins: reliabilityBins(forecasts, bins),
  };
}
