import * as Effect from "effect/Effect";
import { task } from "../../lib/dag/task.ts";
import { Dataset } from "../../lib/kinds/dataset.ts";
import { askForLabels } from "../../lib/language/icl/answers.ts";
import { Asking } from "../../lib/language/icl/asking.ts";
import { templates } from "../../lib/language/icl/templates.ts";
import { useLanguageModel } from "../../lib/language/use.ts";

/** Asks Gemma 3 for the labels of texts, after demonstrations. */
export const askGemma3 = task({
  name: "ask-gemma3",
  about: "Asks Gemma 3 for labels, after demonstrations.",
  params: Asking,
  inputs: { demonstrations: Dataset, questions: Dataset },
  output: Dataset,
  uses: ["llama", "gemma3"],
  resources: { cores: 1, memory: 900 },
  run: ({ params: { template, context }, inputs: { demonstrations, questions } }) =>
    Effect.scoped(Effect.gen(function* () {
      const model = yield* useLanguageModel("gemma3", context);
      return yield* askForLabels(model, templates[template], demonstrations, questions);
    })),
});
