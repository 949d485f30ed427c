import * as Effect from "effect/Effect";
import { task } from "../../lib/dag/task.ts";
import { Checkpoint } from "../../lib/kinds/checkpoint.ts";
import { Dataset } from "../../lib/kinds/dataset.ts";
import { useTensorFlow } from "../../lib/tensor/native.ts";
import { trainPrivateCaptioner as train } from "../../lib/train/private/captioner.ts";
import { PrivateRecipe } from "../../lib/train/private/recipe.ts";

/** Trains a captioner on images with captions by DP-SGD. Its checkpoint says what ran, from which the privacy follows. */
export const trainPrivateCaptioner = task({
  name: "train-private-captioner",
  about: "Trains a captioner by DP-SGD.",
  params: PrivateRecipe,
  inputs: { start: Checkpoint, data: Dataset },
  output: Checkpoint,
  uses: ["tensorflow"],
  resources: { cores: 1, memory: 1300 },
  run: ({ params, inputs: { start, data } }) =>
    Effect.gen(function* () {
      yield* useTensorFlow;
      return yield* train(start, params, data);
    }),
});
