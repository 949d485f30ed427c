import * as Schema from "effect/Schema";
import { task } from "../../lib/dag/task.ts";
import { Checkpoint } from "../../lib/kinds/checkpoint.ts";
import { Dataset } from "../../lib/kinds/dataset.ts";
import { crate, CrateConfig } from "../../lib/nn/crate.ts";
import { initialiseClassifier } from "../../lib/train/initial_classifier.ts";

/** The network that training would start from: the untrained baseline. */
export const initialCrate = task({
  name: "initial-crate",
  about: "Makes CRATE as training would start from it: the untrained baseline.",
  params: Schema.Struct({ net: CrateConfig, seed: Schema.Int }),
  inputs: { data: Dataset },
  output: Checkpoint,
  run: ({ params: { net, seed }, inputs }) => initialiseClassifier(crate, net, seed, inputs.data),
});
