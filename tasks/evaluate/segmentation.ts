import * as Schema from "effect/Schema";
import { task } from "../../lib/dag/task.ts";
import { measureSegmentation } from "../../lib/evaluate/segmentation/segment.ts";
import { Dataset } from "../../lib/kinds/dataset.ts";
import { Metrics } from "../../lib/kinds/metrics.ts";

/** Measures how well the best head of each layer shows where the object is: IoU with its mask. */
export const segmentation = task({
  name: "segmentation",
  about: "Measures how well attention maps show where the object is.",
  params: Schema.Struct({}),
  inputs: { maps: Dataset, truth: Dataset },
  output: Metrics,
  run: ({ inputs: { maps, truth } }) => measureSegmentation(maps, truth),
});
