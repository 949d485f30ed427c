/**
 * How a toy learner compares with an ideal one.
 *
 * @module
 */
import * as Effect from "effect/Effect";
import { DataError } from "../../data/folder.ts";
import type { Dataset } from "../../kinds/dataset.ts";
import type { Metrics } from "../../kinds/metrics.ts";
import { expectedCalibrationError } from "../../stats/calibration/errors.ts";
import { calibrationFloor } from "../../stats/calibration/floor.ts";
import { type Forecasts, forecastsAt } from "../../stats/calibration/forecasts.ts";
import { calibrationOf } from "../../stats/calibration/summary.ts";
import { answersOf } from "../icl/answers.ts";
import type { Measurement } from "../icl/recalibrate.ts";

/**
 * Measures a toy learner's answers and an ideal one's: their calibration over all prompts; the mean over prompts of the
 * error of each prompt by itself, which is how the paper measures; and how far apart they are.
 */
export function judgeToyAnswers(
  dataset: Dataset,
  { bins, resamples }: Measurement,
): Effect.Effect<Metrics, DataError> {
  return Effect.gen(function* () {
    const { answers, about } = yield* answersOf(dataset);
    const { ideal, prompt } = dataset.tensors;
    if (!(ideal?.data instanceof Float64Array) || !(prompt?.data instanceof Int32Array)) {
      return yield* new DataError({ message: `The answers ${about.name} lack those of the ideal learner.` });
    }
    const rows = groups(prompt.data);
    const best: Forecasts = { classes: 2, probabilities: ideal.data, labels: answers.labels };
    const draws = { count: resamples, seed: 0 };
    const of = (forecasts: Forecasts) => ({
      ...calibrationOf(forecasts, bins),
      floor: { ...calibrationFloor(forecasts, bins, draws) },
      errorOfPrompts: mean(
        rows.map((places) => expectedCalibrationError(forecastsAt(forecasts, places), bins)),
      ),
    });
    const { probabilities } = answers;
    return {
      learner: of(answers),
      ideal: of(best),
      distance: mean(
        Array.from(
          answers.labels,
          (_, row) => Math.abs(probabilities[2 * row]! - best.probabilities[2 * row]!),
        ),
      ),
      shots: about.shots,
      count: answers.labels.length,
    };
  });
}

function groups(prompt: Int32Array): readonly (readonly number[])[] {
  const found = new Map<number, number[]>();
  prompt.forEach((one, row) => (found.get(one) ?? found.set(one, []).get(one)!).push(row));
  return [...found.values()];
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
