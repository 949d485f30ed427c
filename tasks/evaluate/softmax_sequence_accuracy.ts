import * as Effect from "effect/Effect";
import * as Schema from "effect/Schema";
import { task } from "../../lib/dag/task.ts";
import { measureSequenceAccuracy } from "../../lib/evaluate/sequences.ts";
import { Checkpoint } from "../../lib/kinds/checkpoint.ts";
import { Dataset } from "../../lib/kinds/dataset.ts";
import { Metrics } from "../../lib/kinds/metrics.ts";
import { softmaxSequence } from "../../lib/nn/softmax_sequence.ts";
import { useTensorFlow } from "../../lib/tensor/native.ts";

/** Measures the accuracy of the softmax twin on sequences: `accuracy`, a share, and what it has `beyond` the commonest label. */
export const softmaxSequenceAccuracy = task({
  name: "softmax-sequence-accuracy",
  about: "Measures the share of sequences that the softmax twin classifies rightly.",
  params: Schema.Struct({}),
  inputs: { model: Checkpoint, data: Dataset },
  output: Metrics,
  uses: ["tensorflow"],
  resources: { cores: 1, memory: 900 },
  run: ({ inputs: { model, data } }) =>
    Effect.gen(function* () {
      yield* useTensorFlow;
      return yield* measureSequenceAccuracy(softmaxSequence, model, data);
    }),
});
