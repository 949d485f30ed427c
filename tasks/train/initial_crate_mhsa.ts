import * as Schema from "effect/Schema";
import { task } from "../../lib/dag/task.ts";
import { Checkpoint } from "../../lib/kinds/checkpoint.ts";
import { Dataset } from "../../lib/kinds/dataset.ts";
import { crateMhsa, CrateMhsaConfig } from "../../lib/nn/crate_mhsa.ts";
import { initialiseClassifier } from "../../lib/train/initial_classifier.ts";

/** The network that training would start from: the untrained baseline. */
export const initialCrateMhsa = task({
  name: "initial-crate-mhsa",
  about: "Makes CRATE-MHSA as training would start from it: the untrained baseline.",
  params: Schema.Struct({ net: CrateMhsaConfig, seed: Schema.Int }),
  inputs: { data: Dataset },
  output: Checkpoint,
  run: ({ params: { net, seed }, inputs }) => initialiseClassifier(crateMhsa, net, seed, inputs.data),
});
