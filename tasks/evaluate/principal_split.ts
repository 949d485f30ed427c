import * as Schema from "effect/Schema";
import { task } from "../../lib/dag/task.ts";
import { measurePrincipalSplit } from "../../lib/evaluate/segmentation/principal_views.ts";
import { Dataset } from "../../lib/kinds/dataset.ts";
import { Metrics } from "../../lib/kinds/metrics.ts";

/** Measures whether the first principal component of keys tells objects from what is around them. */
export const principalSplit = task({
  name: "principal-split",
  about: "Measures whether the first principal component of keys shows the object.",
  params: Schema.Struct({}),
  inputs: { maps: Dataset, truth: Dataset },
  output: Metrics,
  run: ({ inputs: { maps, truth } }) => measurePrincipalSplit(maps, truth),
});
