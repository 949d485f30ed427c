import * as Schema from "effect/Schema";
import { task } from "../../lib/dag/task.ts";
import { Checkpoint } from "../../lib/kinds/checkpoint.ts";
import { Dataset } from "../../lib/kinds/dataset.ts";
import { vit, VitConfig } from "../../lib/nn/vit.ts";
import { initialiseClassifier } from "../../lib/train/initial_classifier.ts";

/** The network that training would start from: the untrained baseline. */
export const initialVit = task({
  name: "initial-vit",
  about: "Makes ViT as training would start from it: the untrained baseline.",
  params: Schema.Struct({ net: VitConfig, seed: Schema.Int }),
  inputs: { data: Dataset },
  output: Checkpoint,
  run: ({ params: { net, seed }, inputs }) => initialiseClassifier(vit, net, seed, inputs.data),
});
