import * as Effect from "effect/Effect";
import * as Schema from "effect/Schema";
import { task } from "../../lib/dag/task.ts";
import { Checkpoint } from "../../lib/kinds/checkpoint.ts";
import { Dataset } from "../../lib/kinds/dataset.ts";
import { computeFeatures } from "../../lib/mcr2/features.ts";
import { mlpClassifier } from "../../lib/nn/feature_mlp.ts";
import { useTensorFlow } from "../../lib/tensor/native.ts";

/** Computes the features of a perceptron that was trained on cross-entropy. `features` float32 [n, d]. */
export const classifierFeatures = task({
  name: "classifier-features",
  about: "Computes the features of a perceptron that was trained on cross-entropy.",
  params: Schema.Struct({}),
  inputs: { model: Checkpoint, data: Dataset },
  output: Dataset,
  uses: ["tensorflow"],
  resources: { cores: 1, memory: 700 },
  run: ({ inputs: { model, data } }) =>
    Effect.gen(function* () {
      yield* useTensorFlow;
      return yield* computeFeatures(mlpClassifier, model, data);
    }),
});
