import * as Effect from "effect/Effect";
import * as Schema from "effect/Schema";
import { task } from "../../lib/dag/task.ts";
import { Metrics } from "../../lib/kinds/metrics.ts";
import { expectedCalibrationError } from "../../lib/stats/calibration/errors.ts";

const confidence = [.95, .92, .85, .81, .65, .62, .55, .55, .75, .99];
const correct = [1, 0, 1, 1, 0, 1, 0, 1, 1, 1];
const published = [[5, .064], [10, .182], [15, .194]] as const;

/** Computes calibration errors that are known: `difference` is the greatest that ours is off. */
export const calibrationVectors = task({
  name: "calibration-vectors",
  about: "Computes calibration errors that are known.",
  params: Schema.Struct({}),
  inputs: {},
  output: Metrics,
  light: true,
  run: () => {
    const forecasts = {
      classes: 2,
      probabilities: Float64Array.from(confidence.flatMap((share) => [share, 1 - share])),
      labels: Int32Array.from(correct, (one) => 1 - one),
    };
    const off = published.map(([bins, error]) => Math.abs(expectedCalibrationError(forecasts, bins) - error));
    return Effect.succeed({ difference: Math.max(...off), vectors: off.length });
  },
});
