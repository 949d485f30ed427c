import * as Effect from "effect/Effect";
import * as Schema from "effect/Schema";
import { task } from "../../lib/dag/task.ts";
import { measureLanguageLoss } from "../../lib/evaluate/language.ts";
import { Checkpoint } from "../../lib/kinds/checkpoint.ts";
import { Dataset } from "../../lib/kinds/dataset.ts";
import { Metrics } from "../../lib/kinds/metrics.ts";
import { crateLanguage } from "../../lib/nn/crate_language.ts";
import { useTensorFlow } from "../../lib/tensor/native.ts";

/** Measures the loss of causal CRATE: `loss`, in nats a token. */
export const crateLanguageLoss = task({
  name: "crate-language-loss",
  about: "Measures the loss of causal CRATE on a text.",
  params: Schema.Struct({ windows: Schema.Int.check(Schema.isGreaterThan(0)) }),
  inputs: { model: Checkpoint, text: Dataset },
  output: Metrics,
  uses: ["tensorflow"],
  resources: { cores: 1, memory: 700 },
  run: ({ params: { windows }, inputs: { model, text } }) =>
    Effect.gen(function* () {
      yield* useTensorFlow;
      return yield* measureLanguageLoss(crateLanguage, model, text, windows);
    }),
});
