import * as Effect from "effect/Effect";
import * as Schema from "effect/Schema";
import { task } from "../../lib/dag/task.ts";
import { Checkpoint } from "../../lib/kinds/checkpoint.ts";
import { Dataset } from "../../lib/kinds/dataset.ts";
import { tost, TostConfig } from "../../lib/nn/tost.ts";
import { useTensorFlow } from "../../lib/tensor/native.ts";
import { ClassifierRecipe, classifierUses, trainClassifier } from "../../lib/train/classifier.ts";

/** Trains ToST on labelled images. */
export const trainTost = task({
  name: "train-tost",
  about: "Trains ToST on labelled images.",
  params: Schema.Struct({ net: TostConfig, ...ClassifierRecipe.fields }),
  inputs: { data: Dataset },
  output: Checkpoint,
  uses: classifierUses,
  resources: { cores: 1, memory: 700 },
  run: ({ params: { net, ...recipe }, inputs }) =>
    Effect.gen(function* () {
      yield* useTensorFlow;
      return yield* trainClassifier(tost, net, recipe, inputs.data);
    }),
});
