import * as Schema from "effect/Schema";
import { task } from "../../lib/dag/task.ts";
import { Checkpoint } from "../../lib/kinds/checkpoint.ts";
import { Dataset } from "../../lib/kinds/dataset.ts";
import { crateMlp } from "../../lib/nn/crate_mlp.ts";
import { CrateShellConfig } from "../../lib/nn/crate_shell.ts";
import { initialiseClassifier } from "../../lib/train/initial_classifier.ts";

/** The network that training would start from: the untrained baseline. */
export const initialCrateMlp = task({
  name: "initial-crate-mlp",
  about: "Makes CRATE-MLP as training would start from it: the untrained baseline.",
  params: Schema.Struct({ net: CrateShellConfig, seed: Schema.Int }),
  inputs: { data: Dataset },
  output: Checkpoint,
  run: ({ params: { net, seed }, inputs }) => initialiseClassifier(crateMlp, net, seed, inputs.data),
});
