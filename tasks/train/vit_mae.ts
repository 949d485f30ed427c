import * as Effect from "effect/Effect";
import * as Schema from "effect/Schema";
import { task } from "../../lib/dag/task.ts";
import { Checkpoint } from "../../lib/kinds/checkpoint.ts";
import { Dataset } from "../../lib/kinds/dataset.ts";
import { MaeConfig } from "../../lib/nn/mae.ts";
import { vitMae } from "../../lib/nn/vit_mae.ts";
import { classifierUses } from "../../lib/train/classifier.ts";
import { useTensorFlow } from "../../lib/tensor/native.ts";
import { MaskedRecipe, trainMasked } from "../../lib/train/masked.ts";

/** Trains ViT-MAE to complete masked images. */
export const trainVitMae = task({
  name: "train-vit-mae",
  about: "Trains ViT-MAE to complete masked images.",
  params: Schema.Struct({ net: MaeConfig, ...MaskedRecipe.fields }),
  inputs: { data: Dataset },
  output: Checkpoint,
  uses: classifierUses,
  resources: { cores: 1, memory: 700 },
  run: ({ params: { net, ...recipe }, inputs }) =>
    Effect.gen(function* () {
      yield* useTensorFlow;
      return yield* trainMasked(vitMae, net, recipe, inputs.data);
    }),
});
