import * as Effect from "effect/Effect";
import * as Schema from "effect/Schema";
import { task } from "../../lib/dag/task.ts";
import { Checkpoint } from "../../lib/kinds/checkpoint.ts";
import { Dataset } from "../../lib/kinds/dataset.ts";
import { FeatureRecipe, trainFeatures } from "../../lib/mcr2/training.ts";
import { FeatureMlpConfig } from "../../lib/nn/feature_mlp.ts";
import { useTensorFlow } from "../../lib/tensor/native.ts";

/** Trains a perceptron's features on regularised rate reduction, full batch. */
export const trainRateReduction = task({
  name: "train-rate-reduction",
  about: "Trains a perceptron's features on rate reduction.",
  params: Schema.Struct({ net: FeatureMlpConfig, ...FeatureRecipe.fields }),
  inputs: { data: Dataset },
  output: Checkpoint,
  uses: ["tensorflow"],
  resources: { cores: 1, memory: 700 },
  run: ({ params: { net, ...recipe }, inputs }) =>
    Effect.gen(function* () {
      yield* useTensorFlow;
      return yield* trainFeatures(net, recipe, inputs.data);
    }),
});
