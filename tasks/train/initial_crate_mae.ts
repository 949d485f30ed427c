import * as Schema from "effect/Schema";
import { task } from "../../lib/dag/task.ts";
import { Checkpoint } from "../../lib/kinds/checkpoint.ts";
import { Dataset } from "../../lib/kinds/dataset.ts";
import { crateMae, CrateMaeConfig } from "../../lib/nn/crate_mae.ts";
import { initialiseMasked } from "../../lib/train/masked.ts";

/** The network that training would start from: the untrained baseline. */
export const initialCrateMae = task({
  name: "initial-crate-mae",
  about: "Makes CRATE-MAE as training would start from it: the untrained baseline.",
  params: Schema.Struct({ net: CrateMaeConfig, seed: Schema.Int }),
  inputs: { data: Dataset },
  output: Checkpoint,
  run: ({ params: { net, seed }, inputs }) => initialiseMasked(crateMae, net, seed, inputs.data),
});
