import { many } from "../../lib/dag/kind.ts";
import { task } from "../../lib/dag/task.ts";
import { Dataset } from "../../lib/kinds/dataset.ts";
import { Metrics } from "../../lib/kinds/metrics.ts";
import { Measurement, recalibrate } from "../../lib/language/icl/recalibrate.ts";

/** Fits temperature scaling and scaling-binning on other answers, and measures answers after each. */
export const recalibration = task({
  name: "recalibration",
  about: "Measures answers after temperature scaling and scaling-binning.",
  params: Measurement,
  inputs: { answers: Dataset, fit: many(Dataset) },
  output: Metrics,
  light: true,
  run: ({ params, inputs: { answers, fit } }) => recalibrate(answers, fit, params),
});
