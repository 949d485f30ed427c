import * as Effect from "effect/Effect";
import { attackClassifier, ProjectedGradient } from "../../lib/attack/classifier.ts";
import { task } from "../../lib/dag/task.ts";
import { Checkpoint } from "../../lib/kinds/checkpoint.ts";
import { Dataset } from "../../lib/kinds/dataset.ts";
import { mlpClassifier } from "../../lib/nn/feature_mlp.ts";
import { useTensorFlow } from "../../lib/tensor/native.ts";

/** Attacks the perceptron with a linear head by projected gradient descent: images that it takes for something else. */
export const attackMlpClassifier = task({
  name: "attack-mlp-classifier",
  about: "Changes images within ε so that the loss of a perceptron rises.",
  params: ProjectedGradient,
  inputs: { model: Checkpoint, data: Dataset },
  output: Dataset,
  uses: ["tensorflow"],
  resources: { cores: 1, memory: 700 },
  run: ({ params, inputs: { model, data } }) =>
    Effect.gen(function* () {
      yield* useTensorFlow;
      return yield* attackClassifier(mlpClassifier, model, data, params);
    }),
});
