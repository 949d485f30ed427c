/**
 * Lists ImageNet-21k.
 *
 * @module
 */
import * as Schema from "effect/Schema";
import { task } from "../../lib/dag/task.ts";
import { listImagenet21kFolders } from "../../lib/data/imagenet.ts";
import { Dataset } from "../../lib/kinds/dataset.ts";
import { Count } from "../../lib/nn/config.ts";

/** Lists photographs of 21,841 classes in the user's own copy, for trainings that read them as they go. */
export const listImagenet21k = task({
  name: "list-imagenet21k",
  about: "Lists photographs of 21,841 classes.",
  params: Schema.Struct({ split: Schema.Literal("train"), count: Schema.optionalKey(Count) }),
  inputs: {},
  output: Dataset,
  uses: ["imagenet21k-folders"],
  run: ({ params }) => listImagenet21kFolders(params),
});
