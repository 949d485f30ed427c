import * as Effect from "effect/Effect";
import * as Schema from "effect/Schema";
import { task } from "../../lib/dag/task.ts";
import { Checkpoint } from "../../lib/kinds/checkpoint.ts";
import { Dataset } from "../../lib/kinds/dataset.ts";
import { crateMlp } from "../../lib/nn/crate_mlp.ts";
import { CrateShellConfig } from "../../lib/nn/crate_shell.ts";
import { useTensorFlow } from "../../lib/tensor/native.ts";
import { ClassifierRecipe, classifierUses, trainClassifier } from "../../lib/train/classifier.ts";

/** Trains CRATE-MLP on labelled images. */
export const trainCrateMlp = task({
  name: "train-crate-mlp",
  about: "Trains CRATE-MLP on labelled images.",
  params: Schema.Struct({ net: CrateShellConfig, ...ClassifierRecipe.fields }),
  inputs: { data: Dataset },
  output: Checkpoint,
  uses: classifierUses,
  resources: { cores: 1, memory: 700 },
  run: ({ params: { net, ...recipe }, inputs }) =>
    Effect.gen(function* () {
      yield* useTensorFlow;
      return yield* trainClassifier(crateMlp, net, recipe, inputs.data);
    }),
});
