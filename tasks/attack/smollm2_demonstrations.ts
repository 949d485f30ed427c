import * as Effect from "effect/Effect";
import { misleadingDemonstrations, Search } from "../../lib/attack/demonstrations.ts";
import { task } from "../../lib/dag/task.ts";
import { Dataset } from "../../lib/kinds/dataset.ts";
import { templates } from "../../lib/language/icl/templates.ts";
import { useLanguageModel } from "../../lib/language/use.ts";

/** Searches true, rightly labelled demonstrations that mislead SmolLM2. */
export const misleadSmollm2 = task({
  name: "mislead-smollm2",
  about: "Searches true demonstrations that mislead SmolLM2.",
  params: Search,
  inputs: { pool: Dataset, questions: Dataset },
  output: Dataset,
  uses: ["llama", "smollm2"],
  resources: { cores: 1, memory: 900 },
  run: ({ params: { template, context, ...search }, inputs: { pool, questions } }) =>
    Effect.scoped(Effect.gen(function* () {
      const model = yield* useLanguageModel("smollm2", context);
      return yield* misleadingDemonstrations(model, templates[template], pool, questions, search);
    })),
});
