import * as Effect from "effect/Effect";
import * as Schema from "effect/Schema";
import { task } from "../../lib/dag/task.ts";
import { Checkpoint } from "../../lib/kinds/checkpoint.ts";
import { Dataset } from "../../lib/kinds/dataset.ts";
import { crate, CrateConfig } from "../../lib/nn/crate.ts";
import { useTensorFlow } from "../../lib/tensor/native.ts";
import { ClassifierRecipe, classifierUses, trainClassifier } from "../../lib/train/classifier.ts";

/** Trains CRATE on labelled images. */
export const trainCrate = task({
  name: "train-crate",
  about: "Trains CRATE on labelled images.",
  params: Schema.Struct({ net: CrateConfig, ...ClassifierRecipe.fields }),
  inputs: { data: Dataset },
  output: Checkpoint,
  uses: classifierUses,
  resources: { cores: 1, memory: 700 },
  run: ({ params: { net, ...recipe }, inputs }) =>
    Effect.gen(function* () {
      yield* useTensorFlow;
      return yield* trainClassifier(crate, net, recipe, inputs.data);
    }),
});
