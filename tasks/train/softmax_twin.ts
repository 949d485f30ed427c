import * as Effect from "effect/Effect";
import * as Schema from "effect/Schema";
import { task } from "../../lib/dag/task.ts";
import { Checkpoint } from "../../lib/kinds/checkpoint.ts";
import { Dataset } from "../../lib/kinds/dataset.ts";
import { softmaxTwin } from "../../lib/nn/softmax_twin.ts";
import { VisionConfig } from "../../lib/nn/vision.ts";
import { useTensorFlow } from "../../lib/tensor/native.ts";
import { ClassifierRecipe, classifierUses, trainClassifier } from "../../lib/train/classifier.ts";

/** Trains the softmax twin of ToST on labelled images. */
export const trainSoftmaxTwin = task({
  name: "train-softmax-twin",
  about: "Trains the softmax twin of ToST on labelled images.",
  params: Schema.Struct({ net: VisionConfig, ...ClassifierRecipe.fields }),
  inputs: { data: Dataset },
  output: Checkpoint,
  uses: classifierUses,
  resources: { cores: 1, memory: 700 },
  run: ({ params: { net, ...recipe }, inputs }) =>
    Effect.gen(function* () {
      yield* useTensorFlow;
      return yield* trainClassifier(softmaxTwin, net, recipe, inputs.data);
    }),
});
