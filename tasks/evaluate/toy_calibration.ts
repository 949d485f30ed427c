import { task } from "../../lib/dag/task.ts";
import { Dataset } from "../../lib/kinds/dataset.ts";
import { Metrics } from "../../lib/kinds/metrics.ts";
import { Measurement } from "../../lib/language/icl/recalibrate.ts";
import { judgeToyAnswers } from "../../lib/language/toy/judge.ts";

/** Measures the calibration of a toy learner and of an ideal one. */
export const toyCalibration = task({
  name: "toy-calibration",
  about: "Measures the calibration of a toy learner and of an ideal one.",
  params: Measurement,
  inputs: { answers: Dataset },
  output: Metrics,
  light: true,
  run: ({ params, inputs: { answers } }) => judgeToyAnswers(answers, params),
});
