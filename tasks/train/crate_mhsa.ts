import * as Effect from "effect/Effect";
import * as Schema from "effect/Schema";
import { task } from "../../lib/dag/task.ts";
import { Checkpoint } from "../../lib/kinds/checkpoint.ts";
import { Dataset } from "../../lib/kinds/dataset.ts";
import { crateMhsa, CrateMhsaConfig } from "../../lib/nn/crate_mhsa.ts";
import { useTensorFlow } from "../../lib/tensor/native.ts";
import { ClassifierRecipe, classifierUses, trainClassifier } from "../../lib/train/classifier.ts";

/** Trains CRATE-MHSA on labelled images. */
export const trainCrateMhsa = task({
  name: "train-crate-mhsa",
  about: "Trains CRATE-MHSA on labelled images.",
  params: Schema.Struct({ net: CrateMhsaConfig, ...ClassifierRecipe.fields }),
  inputs: { data: Dataset },
  output: Checkpoint,
  uses: classifierUses,
  resources: { cores: 1, memory: 700 },
  run: ({ params: { net, ...recipe }, inputs }) =>
    Effect.gen(function* () {
      yield* useTensorFlow;
      return yield* trainClassifier(crateMhsa, net, recipe, inputs.data);
    }),
});
