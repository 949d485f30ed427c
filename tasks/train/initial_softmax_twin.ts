import * as Schema from "effect/Schema";
import { task } from "../../lib/dag/task.ts";
import { Checkpoint } from "../../lib/kinds/checkpoint.ts";
import { Dataset } from "../../lib/kinds/dataset.ts";
import { softmaxTwin } from "../../lib/nn/softmax_twin.ts";
import { VisionConfig } from "../../lib/nn/vision.ts";
import { initialiseClassifier } from "../../lib/train/initial_classifier.ts";

/** The network that training would start from: the untrained baseline. */
export const initialSoftmaxTwin = task({
  name: "initial-softmax-twin",
  about: "Makes the softmax twin of ToST as training would start from it: the untrained baseline.",
  params: Schema.Struct({ net: VisionConfig, seed: Schema.Int }),
  inputs: { data: Dataset },
  output: Checkpoint,
  run: ({ params: { net, seed }, inputs }) => initialiseClassifier(softmaxTwin, net, seed, inputs.data),
});
