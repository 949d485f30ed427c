/**
 * The floor of the calibration error: what a finite sample shows of forecasts that are calibrated.
 *
 * @module
 */
import { uniform } from "../../data/random.ts";
import { quantile } from "../bootstrap.ts";
import { expectedCalibrationError } from "./errors.ts";
import type { Forecasts } from "./forecasts.ts";

/** The calibration errors that calibrated forecasts would show. */
export interface Floor {
  /** Their mean. */
  readonly mean: number;
  /** Their 95 % quantile: an error above it is hardly chance. */
  readonly high: number;
}

/**
 * Simulates the expected calibration error that the same forecasts would have if every class came true with the
 * probability that they give it. It falls as 1/√n, and is not zero: a bin's accuracy is of a sample.
 *
 * @param forecasts The forecasts; what came true is not looked at.
 * @param bins Bins of equal width.
 * @param draws How often what comes true is drawn, and by which seed.
 */
export function calibrationFloor(
  forecasts: Forecasts,
  bins: number,
  draws: { readonly count: number; readonly seed: number },
): Floor {
  const { classes, probabilities, labels } = forecasts;
  const errors = Array.from({ length: draws.count }, (_, step) => {
    const chance = uniform({ seed: draws.seed, stream: "calibration/floor", step }, labels.length);
    const drawn = Int32Array.from(chance, (draw, row) => {
      let place = 0;
      for (let left = draw - probabilities[row * classes]!; left >= 0 && place < classes - 1;) {
        place += 1;
        left -= probabilities[row * classes + place]!;
      }
      return place;
    });
    return expectedCalibrationError({ classes, probabilities, labels: drawn }, bins);
  }).sort((a, b) => a - b);
  return {
    mean: errors.reduce((sum, error) => sum + error, 0) / errors.length,
    high: quantile(errors, 0.95),
  };
}
