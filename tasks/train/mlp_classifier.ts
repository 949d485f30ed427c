import * as Effect from "effect/Effect";
import * as Schema from "effect/Schema";
import { task } from "../../lib/dag/task.ts";
import { Checkpoint } from "../../lib/kinds/checkpoint.ts";
import { Dataset } from "../../lib/kinds/dataset.ts";
import { FeatureMlpConfig, mlpClassifier } from "../../lib/nn/feature_mlp.ts";
import { useTensorFlow } from "../../lib/tensor/native.ts";
import { ClassifierRecipe, classifierUses, trainClassifier } from "../../lib/train/classifier.ts";

/** Trains the perceptron with a linear head on cross-entropy. */
export const trainMlpClassifier = task({
  name: "train-mlp-classifier",
  about: "Trains a perceptron with a linear head on cross-entropy.",
  params: Schema.Struct({ net: FeatureMlpConfig, ...ClassifierRecipe.fields }),
  inputs: { data: Dataset },
  output: Checkpoint,
  uses: classifierUses,
  resources: { cores: 1, memory: 700 },
  run: ({ params: { net, ...recipe }, inputs }) =>
    Effect.gen(function* () {
      yield* useTensorFlow;
      return yield* trainClassifier(mlpClassifier, net, recipe, inputs.data);
    }),
});
