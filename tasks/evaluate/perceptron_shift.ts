import * as Effect from "effect/Effect";
import * as Schema from "effect/Schema";
import { numberAt } from "../../lib/claim/measure.ts";
import { task } from "../../lib/dag/task.ts";
import { measureAccuracy } from "../../lib/evaluate/accuracy.ts";
import { Checkpoint } from "../../lib/kinds/checkpoint.ts";
import { Dataset } from "../../lib/kinds/dataset.ts";
import { Metrics } from "../../lib/kinds/metrics.ts";
import { perceptron } from "../../lib/nn/perceptron.ts";
import { useTensorFlow } from "../../lib/tensor/native.ts";

/**
 * Measures the accuracy of a perceptron on data like those it was trained on (`id`) and on shifted data (`ood`), and the
 * share of its training labels, wrong ones included, that it fits (`fitted`): one point.
 */
export const perceptronShift = task({
  name: "perceptron-shift",
  about: "Measures the accuracy of a perceptron with and without a shift.",
  params: Schema.Struct({}),
  inputs: { model: Checkpoint, train: Dataset, id: Dataset, ood: Dataset },
  output: Metrics,
  uses: ["tensorflow"],
  resources: { cores: 1, memory: 700 },
  run: ({ inputs: { model, ...data } }) =>
    Effect.gen(function* () {
      yield* useTensorFlow;
      const accuracy = (data: Dataset) =>
        Effect.map(measureAccuracy(perceptron, model, data), (metrics) => numberAt(metrics, "accuracy"));
      return {
        data: data.id.about.name,
        points: [{
          id: yield* accuracy(data.id),
          ood: yield* accuracy(data.ood),
          fitted: yield* accuracy(data.train),
        }],
      };
    }),
});
