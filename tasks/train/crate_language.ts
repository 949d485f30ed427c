import * as Effect from "effect/Effect";
import * as Schema from "effect/Schema";
import { task } from "../../lib/dag/task.ts";
import { Checkpoint } from "../../lib/kinds/checkpoint.ts";
import { Dataset } from "../../lib/kinds/dataset.ts";
import { crateLanguage, CrateLanguageConfig } from "../../lib/nn/crate_language.ts";
import { useTensorFlow } from "../../lib/tensor/native.ts";
import { trainLanguage } from "../../lib/train/language.ts";
import { Recipe } from "../../lib/train/recipe.ts";

/** Trains causal CRATE on a text. */
export const trainCrateLanguage = task({
  name: "train-crate-language",
  about: "Trains causal CRATE on a text.",
  params: Schema.Struct({ net: CrateLanguageConfig, ...Recipe.fields }),
  inputs: { text: Dataset },
  output: Checkpoint,
  uses: ["tensorflow"],
  resources: { cores: 1, memory: 700 },
  run: ({ params: { net, ...recipe }, inputs }) =>
    Effect.gen(function* () {
      yield* useTensorFlow;
      return yield* trainLanguage(crateLanguage, net, recipe, inputs.text);
    }),
});
