import * as Schema from "effect/Schema";
import { task } from "../../lib/dag/task.ts";
import { Checkpoint } from "../../lib/kinds/checkpoint.ts";
import { Dataset } from "../../lib/kinds/dataset.ts";
import { tost, TostConfig } from "../../lib/nn/tost.ts";
import { initialiseClassifier } from "../../lib/train/initial_classifier.ts";

/** The network that training would start from: the untrained baseline. */
export const initialTost = task({
  name: "initial-tost",
  about: "Makes ToST as training would start from it: the untrained baseline.",
  params: Schema.Struct({ net: TostConfig, seed: Schema.Int }),
  inputs: { data: Dataset },
  output: Checkpoint,
  run: ({ params: { net, seed }, inputs }) => initialiseClassifier(tost, net, seed, inputs.data),
});
