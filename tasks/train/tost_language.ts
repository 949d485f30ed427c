import * as Effect from "effect/Effect";
import * as Schema from "effect/Schema";
import { task } from "../../lib/dag/task.ts";
import { Checkpoint } from "../../lib/kinds/checkpoint.ts";
import { Dataset } from "../../lib/kinds/dataset.ts";
import { LanguageConfig } from "../../lib/nn/language.ts";
import { tostLanguage } from "../../lib/nn/tost_language.ts";
import { useTensorFlow } from "../../lib/tensor/native.ts";
import { trainLanguage } from "../../lib/train/language.ts";
import { Recipe } from "../../lib/train/recipe.ts";

/** Trains the ToST language model on a text. */
export const trainTostLanguage = task({
  name: "train-tost-language",
  about: "Trains the ToST language model on a text.",
  params: Schema.Struct({ net: LanguageConfig, ...Recipe.fields }),
  inputs: { text: Dataset },
  output: Checkpoint,
  uses: ["tensorflow"],
  resources: { cores: 1, memory: 700 },
  run: ({ params: { net, ...recipe }, inputs }) =>
    Effect.gen(function* () {
      yield* useTensorFlow;
      return yield* trainLanguage(tostLanguage, net, recipe, inputs.text);
    }),
});
