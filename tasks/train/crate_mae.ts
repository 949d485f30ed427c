import * as Effect from "effect/Effect";
import * as Schema from "effect/Schema";
import { task } from "../../lib/dag/task.ts";
import { Checkpoint } from "../../lib/kinds/checkpoint.ts";
import { Dataset } from "../../lib/kinds/dataset.ts";
import { crateMae, CrateMaeConfig } from "../../lib/nn/crate_mae.ts";
import { classifierUses } from "../../lib/train/classifier.ts";
import { useTensorFlow } from "../../lib/tensor/native.ts";
import { MaskedRecipe, trainMasked } from "../../lib/train/masked.ts";

/** Trains CRATE-MAE to complete masked images. */
export const trainCrateMae = task({
  name: "train-crate-mae",
  about: "Trains CRATE-MAE to complete masked images.",
  params: Schema.Struct({ net: CrateMaeConfig, ...MaskedRecipe.fields }),
  inputs: { data: Dataset },
  output: Checkpoint,
  uses: classifierUses,
  resources: { cores: 1, memory: 700 },
  run: ({ params: { net, ...recipe }, inputs }) =>
    Effect.gen(function* () {
      yield* useTensorFlow;
      return yield* trainMasked(crateMae, net, recipe, inputs.data);
    }),
});
