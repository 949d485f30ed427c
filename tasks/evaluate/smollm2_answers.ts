import * as Effect from "effect/Effect";
import { task } from "../../lib/dag/task.ts";
import { Dataset } from "../../lib/kinds/dataset.ts";
import { askForLabels } from "../../lib/language/icl/answers.ts";
import { Asking } from "../../lib/language/icl/asking.ts";
import { templates } from "../../lib/language/icl/templates.ts";
import { useLanguageModel } from "../../lib/language/use.ts";

/** Asks SmolLM2 for the labels of texts, after demonstrations. */
export const askSmollm2 = task({
  name: "ask-smollm2",
  about: "Asks SmolLM2 for labels, after demonstrations.",
  params: Asking,
  inputs: { demonstrations: Dataset, questions: Dataset },
  output: Dataset,
  uses: ["llama", "smollm2"],
  resources: { cores: 1, memory: 900 },
  run: ({ params: { template, context }, inputs: { demonstrations, questions } }) =>
    Effect.scoped(Effect.gen(function* () {
      const model = yield* useLanguageModel("smollm2", context);
      return yield* askForLabels(model, templates[template], demonstrations, questions);
    })),
});
