/**
 * Calibration of answers, as they are and after recalibration.
 *
 * @module
 */
import * as Effect from "effect/Effect";
import * as Schema from "effect/Schema";
import type { Json } from "../../dag/canonical.ts";
import type { DataError } from "../../data/folder.ts";
import type { Dataset } from "../../kinds/dataset.ts";
import type { Metrics } from "../../kinds/metrics.ts";
import { pooled } from "../../stats/calibration/forecasts.ts";
import { binned, fitScalingBinning } from "../../stats/calibration/scaling_binning.ts";
import { calibrationOf, errorInContext } from "../../stats/calibration/summary.ts";
import { atTemperature, fitTemperature } from "../../stats/calibration/temperature.ts";
import { topLabels } from "../../stats/calibration/forecasts.ts";
import { answersOf } from "./answers.ts";

/** How calibration is measured. */
export const Measurement = Schema.Struct({
  /** Bins of the calibration error, and of scaling-binning: 10 in the paper. */
  bins: Schema.Int.check(Schema.isGreaterThanOrEqualTo(1)),
  /** Resamples of the bootstrap and of the floor. */
  resamples: Schema.Int.check(Schema.isGreaterThanOrEqualTo(1)),
});

/** How calibration is measured. */
export type Measurement = typeof Measurement.Type;

/** Measures answers: accuracy, confidence, errors; and how sure the error is. */
export function judgeAnswers(
  answers: Dataset,
  { bins, resamples }: Measurement,
): Effect.Effect<Metrics, DataError> {
  return Effect.map(answersOf(answers), ({ answers, about }) => ({
    ...calibrationOf(answers, bins),
    ...errorInContext(answers, bins, { resamples, seed: 0 }) as unknown as Readonly<Record<string, Json>>,
    labelConfidence: meanLabelConfidence(answers),
    mass: answers.mass.reduce((sum, share) => sum + share, 0) / answers.mass.length,
    count: answers.labels.length,
    data: about.name,
    model: about.model,
    shots: about.shots,
  }));
}

/**
 * Fits temperature scaling and scaling-binning on answers to other questions, and measures answers after each.
 *
 * @param answers The answers to measure.
 * @param fit Answers to fit on, pooled. Which these are is the fitting mode: of no demonstrations, of as many other
 * demonstrations, or of the very same ones.
 */
export function recalibrate(
  answers: Dataset,
  fit: readonly Dataset[],
  { bins }: Measurement,
): Effect.Effect<Metrics, DataError> {
  return Effect.gen(function* () {
    const { answers: judged } = yield* answersOf(answers);
    const known = pooled((yield* Effect.forEach(fit, answersOf)).map(({ answers }) => answers));
    const temperature = fitTemperature(known);
    const scaled = atTemperature(judged, temperature.temperature);
    const scalingBinning = binned(judged, fitScalingBinning(known, { bins }));
    const quirk = binned(judged, fitScalingBinning(known, { bins, quirk: true }));
    return {
      raw: { ...calibrationOf(judged, bins) },
      temperature: { ...calibrationOf(scaled, bins), ...temperature },
      scalingBinning: { ...calibrationOf(scalingBinning, bins) },
      quirk: { ...calibrationOf(quirk, bins) },
      fitted: known.labels.length,
    };
  });
}

/** The paper's mean confidence: the probability that the next word is the predicted label, among all words. */
function meanLabelConfidence(
  answers: { readonly mass: Float64Array } & Parameters<typeof topLabels>[0],
): number {
  const { confidence } = topLabels(answers);
  return confidence.reduce((sum, share, row) => sum + share * answers.mass[row]!, 0) / confidence.length;
}
