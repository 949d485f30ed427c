import * as Effect from "effect/Effect";
import * as Schema from "effect/Schema";
import { LlamaSoftTokens } from "../../lib/attack/language/llama_soft_tokens.ts";
import { task } from "../../lib/dag/task.ts";
import { measureLlamaSoftTokens } from "../../lib/evaluate/llama_soft_tokens.ts";
import { Dataset } from "../../lib/kinds/dataset.ts";
import { Metrics } from "../../lib/kinds/metrics.ts";
import { templateNames, templates } from "../../lib/language/icl/templates.ts";
import { useTensorFlow } from "../../lib/tensor/native.ts";

/** Puts soft tokens behind texts that SmolLM2 labels rightly, by its gradients. */
export const attackSmollm2 = task({
  name: "attack-smollm2",
  about: "Puts soft tokens behind texts that SmolLM2 labels rightly, by its gradients.",
  params: Schema.Struct({ template: Schema.Literals(templateNames), ...LlamaSoftTokens.fields }),
  inputs: { demonstrations: Dataset, questions: Dataset },
  output: Metrics,
  uses: ["tensorflow", "llama", "smollm2"],
  resources: { cores: 1, memory: 4000 },
  run: ({ params: { template, ...attack }, inputs: { demonstrations, questions } }) =>
    Effect.gen(function* () {
      yield* useTensorFlow;
      return yield* measureLlamaSoftTokens(templates[template], demonstrations, questions, attack);
    }),
});
