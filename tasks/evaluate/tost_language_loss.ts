import * as Effect from "effect/Effect";
import * as Schema from "effect/Schema";
import { task } from "../../lib/dag/task.ts";
import { measureLanguageLoss } from "../../lib/evaluate/language.ts";
import { Checkpoint } from "../../lib/kinds/checkpoint.ts";
import { Dataset } from "../../lib/kinds/dataset.ts";
import { Metrics } from "../../lib/kinds/metrics.ts";
import { tostLanguage } from "../../lib/nn/tost_language.ts";
import { useTensorFlow } from "../../lib/tensor/native.ts";

/** Measures the loss of the ToST language model: `loss`, in nats a token. */
export const tostLanguageLoss = task({
  name: "tost-language-loss",
  about: "Measures the loss of the ToST language model on a text.",
  params: Schema.Struct({ windows: Schema.Int.check(Schema.isGreaterThan(0)) }),
  inputs: { model: Checkpoint, text: Dataset },
  output: Metrics,
  uses: ["tensorflow"],
  resources: { cores: 1, memory: 700 },
  run: ({ params: { windows }, inputs: { model, text } }) =>
    Effect.gen(function* () {
      yield* useTensorFlow;
      return yield* measureLanguageLoss(tostLanguage, model, text, windows);
    }),
});
