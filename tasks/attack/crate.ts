import * as Effect from "effect/Effect";
import { attackClassifier, ProjectedGradient } from "../../lib/attack/classifier.ts";
import { task } from "../../lib/dag/task.ts";
import { Checkpoint } from "../../lib/kinds/checkpoint.ts";
import { Dataset } from "../../lib/kinds/dataset.ts";
import { crate } from "../../lib/nn/crate.ts";
import { useTensorFlow } from "../../lib/tensor/native.ts";

/** Attacks CRATE by projected gradient descent: images that it takes for something else. */
export const attackCrate = task({
  name: "attack-crate",
  about: "Changes images within ε so that CRATE's loss rises.",
  params: ProjectedGradient,
  inputs: { model: Checkpoint, data: Dataset },
  output: Dataset,
  uses: ["tensorflow"],
  resources: { cores: 1, memory: 700 },
  run: ({ params, inputs: { model, data } }) =>
    Effect.gen(function* () {
      yield* useTensorFlow;
      return yield* attackClassifier(crate, model, data, params);
    }),
});
