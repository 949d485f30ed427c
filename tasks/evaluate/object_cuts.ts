import * as Schema from "effect/Schema";
import { task } from "../../lib/dag/task.ts";
import { cutMaps } from "../../lib/evaluate/segmentation/detect.ts";
import { Dataset } from "../../lib/kinds/dataset.ts";
import { Count } from "../../lib/nn/config.ts";

/** Finds objects by MaskCut in the keys of the last layer but one. */
export const objectCuts = task({
  name: "object-cuts",
  about: "Finds objects by cutting the graph of patches.",
  params: Schema.Struct({ objects: Count, tau: Schema.Finite }),
  inputs: { maps: Dataset },
  output: Dataset,
  run: ({ params, inputs: { maps } }) => cutMaps(maps, params),
});
