import * as Effect from "effect/Effect";
import * as Schema from "effect/Schema";
import { task } from "../../lib/dag/task.ts";
import { Checkpoint } from "../../lib/kinds/checkpoint.ts";
import { Dataset } from "../../lib/kinds/dataset.ts";
import { vit, VitConfig } from "../../lib/nn/vit.ts";
import { useTensorFlow } from "../../lib/tensor/native.ts";
import { ClassifierRecipe, classifierUses, trainClassifier } from "../../lib/train/classifier.ts";

/** Trains ViT on labelled images. */
export const trainVit = task({
  name: "train-vit",
  about: "Trains ViT on labelled images.",
  params: Schema.Struct({ net: VitConfig, ...ClassifierRecipe.fields }),
  inputs: { data: Dataset },
  output: Checkpoint,
  uses: classifierUses,
  resources: { cores: 1, memory: 700 },
  run: ({ params: { net, ...recipe }, inputs }) =>
    Effect.gen(function* () {
      yield* useTensorFlow;
      return yield* trainClassifier(vit, net, recipe, inputs.data);
    }),
});
