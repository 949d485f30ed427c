/**
 * Lists ImageNet-1k.
 *
 * @module
 */
import { task } from "../../lib/dag/task.ts";
import { choiceParams } from "../../lib/data/choice.ts";
import { imagenetSizes, listImagenetFolders } from "../../lib/data/imagenet.ts";
import { Dataset } from "../../lib/kinds/dataset.ts";

/** Lists photographs of a thousand classes in the user's own copy, for trainings that read them as they go. */
export const listImagenet = task({
  name: "list-imagenet",
  about: "Lists photographs of a thousand classes.",
  params: choiceParams(imagenetSizes),
  inputs: {},
  output: Dataset,
  uses: ["imagenet-folders"],
  run: ({ params }) => listImagenetFolders("imagenet-folders", params),
});
