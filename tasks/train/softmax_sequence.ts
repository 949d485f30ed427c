import * as Effect from "effect/Effect";
import * as Schema from "effect/Schema";
import { task } from "../../lib/dag/task.ts";
import { Checkpoint } from "../../lib/kinds/checkpoint.ts";
import { Dataset } from "../../lib/kinds/dataset.ts";
import { SequenceConfig } from "../../lib/nn/sequence.ts";
import { softmaxSequence } from "../../lib/nn/softmax_sequence.ts";
import { useTensorFlow } from "../../lib/tensor/native.ts";
import { Recipe } from "../../lib/train/recipe.ts";
import { trainSequences } from "../../lib/train/sequences.ts";

/** Trains the softmax twin to classify sequences of symbols. */
export const trainSoftmaxSequence = task({
  name: "train-softmax-sequence",
  about: "Trains the softmax twin to classify sequences.",
  params: Schema.Struct({ net: SequenceConfig, ...Recipe.fields }),
  inputs: { data: Dataset },
  output: Checkpoint,
  uses: ["tensorflow"],
  resources: { cores: 1, memory: 900 },
  run: ({ params: { net, ...recipe }, inputs }) =>
    Effect.gen(function* () {
      yield* useTensorFlow;
      return yield* trainSequences(softmaxSequence, net, recipe, inputs.data);
    }),
});
