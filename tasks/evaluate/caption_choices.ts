import * as Effect from "effect/Effect";
import * as Schema from "effect/Schema";
import { task } from "../../lib/dag/task.ts";
import { measureCaptionChoices } from "../../lib/evaluate/captions.ts";
import { Checkpoint } from "../../lib/kinds/checkpoint.ts";
import { Dataset } from "../../lib/kinds/dataset.ts";
import { Metrics } from "../../lib/kinds/metrics.ts";
import { useTensorFlow } from "../../lib/tensor/native.ts";

/** Measures how often a captioner prefers the right caption to wrong ones with the same words. */
export const captionChoices = task({
  name: "caption-choices",
  about: "Measures how often a captioner prefers the right caption.",
  params: Schema.Struct({}),
  inputs: { model: Checkpoint, foiled: Dataset },
  output: Metrics,
  uses: ["tensorflow"],
  resources: { cores: 1, memory: 900 },
  run: ({ inputs: { model, foiled } }) =>
    Effect.gen(function* () {
      yield* useTensorFlow;
      return yield* measureCaptionChoices(model, foiled);
    }),
});
