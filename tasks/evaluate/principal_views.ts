import * as Schema from "effect/Schema";
import { task } from "../../lib/dag/task.ts";
import { viewPrincipal } from "../../lib/evaluate/segmentation/principal_views.ts";
import { Dataset } from "../../lib/kinds/dataset.ts";

/** Colours patches by the principal components of their keys. */
export const principalViews = task({
  name: "principal-views",
  about: "Colours patches by the principal components of their keys.",
  params: Schema.Struct({}),
  inputs: { maps: Dataset },
  output: Dataset,
  run: ({ inputs: { maps } }) => viewPrincipal(maps),
});
