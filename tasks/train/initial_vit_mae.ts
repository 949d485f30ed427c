import * as Schema from "effect/Schema";
import { task } from "../../lib/dag/task.ts";
import { Checkpoint } from "../../lib/kinds/checkpoint.ts";
import { Dataset } from "../../lib/kinds/dataset.ts";
import { MaeConfig } from "../../lib/nn/mae.ts";
import { vitMae } from "../../lib/nn/vit_mae.ts";
import { initialiseMasked } from "../../lib/train/masked.ts";

/** The network that training would start from: the untrained baseline. */
export const initialVitMae = task({
  name: "initial-vit-mae",
  about: "Makes ViT-MAE as training would start from it: the untrained baseline.",
  params: Schema.Struct({ net: MaeConfig, seed: Schema.Int }),
  inputs: { data: Dataset },
  output: Checkpoint,
  run: ({ params: { net, seed }, inputs }) => initialiseMasked(vitMae, net, seed, inputs.data),
});
