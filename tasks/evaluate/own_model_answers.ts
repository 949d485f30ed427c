import * as Effect from "effect/Effect";
import { task } from "../../lib/dag/task.ts";
import { Dataset } from "../../lib/kinds/dataset.ts";
import { askForLabels } from "../../lib/language/icl/answers.ts";
import { Asking } from "../../lib/language/icl/asking.ts";
import { templates } from "../../lib/language/icl/templates.ts";
import { useLanguageModel } from "../../lib/language/use.ts";

/** Asks the user's own language model for the labels of texts, after demonstrations. */
export const askOwnModel = task({
  name: "ask-own-model",
  about: "Asks the user's own language model for labels, after demonstrations.",
  params: Asking,
  inputs: { demonstrations: Dataset, questions: Dataset },
  output: Dataset,
  uses: ["llama", "gguf"],
  resources: { cores: 1, memory: 900 },
  run: ({ params: { template, context }, inputs: { demonstrations, questions } }) =>
    Effect.scoped(Effect.gen(function* () {
      const model = yield* useLanguageModel("gguf", context);
      return yield* askForLabels(model, templates[template], demonstrations, questions);
    })),
});
