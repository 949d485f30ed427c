import { task } from "../../lib/dag/task.ts";
import { Dataset } from "../../lib/kinds/dataset.ts";
import { Metrics } from "../../lib/kinds/metrics.ts";
import { judgeAnswers, Measurement } from "../../lib/language/icl/recalibrate.ts";

/** Measures the accuracy, the confidence and the calibration of answers. */
export const calibration = task({
  name: "calibration",
  about: "Measures the calibration of answers.",
  params: Measurement,
  inputs: { answers: Dataset },
  output: Metrics,
  light: true,
  run: ({ params, inputs: { answers } }) => judgeAnswers(answers, params),
});
