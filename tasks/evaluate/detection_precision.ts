import * as Schema from "effect/Schema";
import { task } from "../../lib/dag/task.ts";
import { measureDetection } from "../../lib/evaluate/segmentation/detect.ts";
import { Dataset } from "../../lib/kinds/dataset.ts";
import { Metrics } from "../../lib/kinds/metrics.ts";

/** Measures COCO's average precision, of boxes and of masks, of the objects that MaskCut found. */
export const detectionPrecision = task({
  name: "detection-precision",
  about: "Measures the average precision of objects found by MaskCut.",
  params: Schema.Struct({}),
  inputs: { cuts: Dataset, maps: Dataset, truth: Dataset },
  output: Metrics,
  run: ({ inputs: { cuts, maps, truth } }) => measureDetection(cuts, maps, truth),
});
