import * as Effect from "effect/Effect";
import * as Schema from "effect/Schema";
import { task } from "../../lib/dag/task.ts";
import { Checkpoint } from "../../lib/kinds/checkpoint.ts";
import { Dataset } from "../../lib/kinds/dataset.ts";
import { AutoencoderConfig } from "../../lib/nn/masked_autoencoder.ts";
import { useTensorFlow } from "../../lib/tensor/native.ts";
import { trainAutoencoder } from "../../lib/train/private/autoencoder.ts";
import { Recipe } from "../../lib/train/recipe.ts";

/** Trains a masked autoencoder, without privacy, on images that a program drew. */
export const trainSyntheticAutoencoder = task({
  name: "train-synthetic-autoencoder",
  about: "Trains a masked autoencoder on images of nothing.",
  params: Schema.Struct({ net: AutoencoderConfig, ...Recipe.fields }),
  inputs: { data: Dataset },
  output: Checkpoint,
  uses: ["tensorflow"],
  resources: { cores: 1, memory: 700 },
  run: ({ params: { net, ...recipe }, inputs }) =>
    Effect.gen(function* () {
      yield* useTensorFlow;
      return yield* trainAutoencoder(net, recipe, inputs.data);
    }),
});
