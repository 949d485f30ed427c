import * as Effect from "effect/Effect";
import { task } from "../../lib/dag/task.ts";
import { Checkpoint } from "../../lib/kinds/checkpoint.ts";
import { Dataset } from "../../lib/kinds/dataset.ts";
import { useTensorFlow } from "../../lib/tensor/native.ts";
import { trainPrivateAutoencoder as train } from "../../lib/train/private/autoencoder.ts";
import { PrivateRecipe } from "../../lib/train/private/recipe.ts";

/** Trains a masked autoencoder on images by DP-SGD. Its checkpoint says what ran, from which the privacy follows. */
export const trainPrivateAutoencoder = task({
  name: "train-private-autoencoder",
  about: "Trains a masked autoencoder by DP-SGD.",
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
