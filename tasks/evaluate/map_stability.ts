import * as Schema from "effect/Schema";
import { task } from "../../lib/dag/task.ts";
import { measureStability } from "../../lib/evaluate/segmentation/stability.ts";
import { Dataset } from "../../lib/kinds/dataset.ts";
import { Metrics } from "../../lib/kinds/metrics.ts";

/** Measures how far attention maps stay where they are under noise: IoU with the maps without. */
export const mapStability = task({
  name: "map-stability",
  about: "Measures how far attention maps stay where they are under noise.",
  params: Schema.Struct({}),
  inputs: { maps: Dataset },
  output: Metrics,
  run: ({ inputs: { maps } }) => measureStability(maps),
});
