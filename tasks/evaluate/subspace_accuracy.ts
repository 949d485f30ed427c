import * as Effect from "effect/Effect";
import * as Schema from "effect/Schema";
import { task } from "../../lib/dag/task.ts";
import { measureAccuracy } from "../../lib/evaluate/accuracy.ts";
import { Checkpoint } from "../../lib/kinds/checkpoint.ts";
import { Dataset } from "../../lib/kinds/dataset.ts";
import { Metrics } from "../../lib/kinds/metrics.ts";
import { featuresIn } from "../../lib/mcr2/features.ts";
import { subspaceClassifier } from "../../lib/mcr2/subspace_classifier.ts";
import { useTensorFlow } from "../../lib/tensor/native.ts";

/** Measures the accuracy of the nearest subspace, fitted to known features: `accuracy`, a share. */
export const subspaceAccuracy = task({
  name: "subspace-accuracy",
  about: "Measures the share of images whose features are nearest to the subspace of their class.",
  params: Schema.Struct({}),
  inputs: { model: Checkpoint, known: Dataset, data: Dataset },
  output: Metrics,
  uses: ["tensorflow"],
  resources: { cores: 1, memory: 700 },
  run: ({ inputs: { model, known, data } }) =>
    Effect.gen(function* () {
      yield* useTensorFlow;
      return yield* measureAccuracy(subspaceClassifier(yield* featuresIn(known)), model, data);
    }),
});
