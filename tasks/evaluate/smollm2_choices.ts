import * as Effect from "effect/Effect";
import { task } from "../../lib/dag/task.ts";
import { Dataset } from "../../lib/kinds/dataset.ts";
import { Metrics } from "../../lib/kinds/metrics.ts";
import { Asking } from "../../lib/language/icl/asking.ts";
import { compareChoices } from "../../lib/language/icl/choices.ts";
import { templates } from "../../lib/language/icl/templates.ts";
import { useLanguageModel } from "../../lib/language/use.ts";

/** Compares the labels' probabilities by raised logits with those of the whole distribution, of SmolLM2. */
export const compareSmollm2Choices = task({
  name: "compare-smollm2-choices",
  about: "Compares labels' probabilities, read in two ways.",
  params: Asking,
  inputs: { demonstrations: Dataset, questions: Dataset },
  output: Metrics,
  uses: ["llama", "smollm2"],
  resources: { cores: 1, memory: 900 },
  run: ({ params: { template, context }, inputs: { demonstrations, questions } }) =>
    Effect.scoped(Effect.gen(function* () {
      const model = yield* useLanguageModel("smollm2", context);
      return yield* compareChoices(model, templates[template], demonstrations, questions);
    })),
});
