import * as Effect from "effect/Effect";
import * as Schema from "effect/Schema";
import { task } from "../../lib/dag/task.ts";
import { measureCaptionLoss } from "../../lib/evaluate/captions.ts";
import { Checkpoint } from "../../lib/kinds/checkpoint.ts";
import { Dataset } from "../../lib/kinds/dataset.ts";
import { Metrics } from "../../lib/kinds/metrics.ts";
import { useTensorFlow } from "../../lib/tensor/native.ts";

/** Measures the loss of captions that a captioner was not trained on: `loss`, in nats a token. */
export const captionLoss = task({
  name: "caption-loss",
  about: "Measures the loss of captions.",
  params: Schema.Struct({}),
  inputs: { model: Checkpoint, data: Dataset },
  output: Metrics,
  uses: ["tensorflow"],
  resources: { cores: 1, memory: 900 },
  run: ({ inputs: { model, data } }) =>
    Effect.gen(function* () {
      yield* useTensorFlow;
      return yield* measureCaptionLoss(model, data);
    }),
});
