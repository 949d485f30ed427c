import * as Effect from "effect/Effect";
import * as Schema from "effect/Schema";
import { task } from "../../lib/dag/task.ts";
import { classifyByCaption } from "../../lib/evaluate/zero_shot.ts";
import { Checkpoint } from "../../lib/kinds/checkpoint.ts";
import { Dataset } from "../../lib/kinds/dataset.ts";
import { Metrics } from "../../lib/kinds/metrics.ts";
import { Count } from "../../lib/nn/config.ts";
import { useTensorFlow } from "../../lib/tensor/native.ts";

/** Classifies images by the label that a captioner would say, in two ways. */
export const captionZeroShot = task({
  name: "caption-zero-shot",
  about: "Classifies images by the label that a captioner would say.",
  params: Schema.Struct({ prompt: Schema.String, count: Count }),
  inputs: { model: Checkpoint, data: Dataset },
  output: Metrics,
  uses: ["tensorflow"],
  resources: { cores: 1, memory: 900 },
  run: ({ params, inputs: { model, data } }) =>
    Effect.gen(function* () {
      yield* useTensorFlow;
      return yield* classifyByCaption(model, data, params);
    }),
});
