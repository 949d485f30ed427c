import * as Effect from "effect/Effect";
import * as Schema from "effect/Schema";
import { task } from "../../lib/dag/task.ts";
import { measureAccuracy } from "../../lib/evaluate/accuracy.ts";
import { Checkpoint } from "../../lib/kinds/checkpoint.ts";
import { Dataset } from "../../lib/kinds/dataset.ts";
import { Metrics } from "../../lib/kinds/metrics.ts";
import { crate } from "../../lib/nn/crate.ts";
import { useTensorFlow } from "../../lib/tensor/native.ts";

/** Measures the accuracy of CRATE: `accuracy`, a share. */
export const crateAccuracy = task({
  name: "crate-accuracy",
  about: "Measures the share of images that CRATE classifies rightly.",
  params: Schema.Struct({}),
  inputs: { model: Checkpoint, data: Dataset },
  output: Metrics,
  uses: ["tensorflow"],
  resources: { cores: 1, memory: 700 },
  run: ({ inputs: { model, data } }) =>
    Effect.gen(function* () {
      yield* useTensorFlow;
      return yield* measureAccuracy(crate, model, data);
    }),
});
