import * as Effect from "effect/Effect";
import { task } from "../../lib/dag/task.ts";
import { attackClassifier, ProjectedGradient } from "../../lib/attack/classifier.ts";
import { Checkpoint } from "../../lib/kinds/checkpoint.ts";
import { Dataset } from "../../lib/kinds/dataset.ts";
import { featuresIn } from "../../lib/mcr2/features.ts";
import { subspaceClassifier } from "../../lib/mcr2/subspace_classifier.ts";
import { useTensorFlow } from "../../lib/tensor/native.ts";

/** Attacks the nearest-subspace classifier of features by projected gradient descent, through the features. */
export const attackSubspaces = task({
  name: "attack-subspaces",
  about: "Changes images within ε so that their features leave the subspace of their class.",
  params: ProjectedGradient,
  inputs: { model: Checkpoint, known: Dataset, data: Dataset },
  output: Dataset,
  uses: ["tensorflow"],
  resources: { cores: 1, memory: 700 },
  run: ({ params, inputs: { model, known, data } }) =>
    Effect.gen(function* () {
      yield* useTensorFlow;
      return yield* attackClassifier(subspaceClassifier(yield* featuresIn(known)), model, data, params);
    }),
});
