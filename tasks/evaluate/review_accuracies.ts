import * as Effect from "effect/Effect";
import * as Schema from "effect/Schema";
import { many } from "../../lib/dag/kind.ts";
import { task } from "../../lib/dag/task.ts";
import { Checkpoint } from "../../lib/kinds/checkpoint.ts";
import { Dataset } from "../../lib/kinds/dataset.ts";
import { Metrics } from "../../lib/kinds/metrics.ts";
import { CheckpointError } from "../../lib/nn/checkpoint.ts";
import { bagAccuracy, type Bags, bagsOf } from "../../lib/shift/bags.ts";
import { Sizes } from "../../lib/shift/learning.ts";

/**
 * Measures the accuracies of classifiers of bags of words: `id` where they were trained, `ood` as the mean over other
 * domains, and the share of the training labels, wrong ones included, that they fit. One point for each size.
 */
export const reviewAccuracies = task({
  name: "review-accuracies",
  about: "Measures classifiers of bags of words in the domain they know and in others.",
  params: Schema.Struct({}),
  inputs: { model: Checkpoint, train: Dataset, id: Dataset, ood: many(Dataset) },
  output: Metrics,
  run: ({ inputs: { model, train, ...tests } }) =>
    Effect.gen(function* () {
      const sizes = Schema.decodeUnknownOption(Sizes)(model.about.sizes);
      const { weights } = model.tensors;
      const id = yield* bagsOf(tests.id);
      const ood = yield* Effect.forEach(tests.ood, (data) => bagsOf(data));
      if (sizes._tag === "None" || weights?.shape[1] !== id.vocabulary) {
        return yield* new CheckpointError({
          message: "the checkpoint holds no classifiers of these words: wire one of train-review-classifier",
        });
      }
      const points = yield* Effect.forEach(sizes.value, (size, place) =>
        Effect.gen(function* () {
          const row = (weights.data as Float64Array).subarray(
            place * id.vocabulary,
            (place + 1) * id.vocabulary,
          );
          const accuracy = (bags: Bags) => bagAccuracy(bags, row);
          const others = ood.map(accuracy);
          return {
            size,
            id: accuracy(id),
            ood: others.reduce((sum, one) => sum + one, 0) / others.length,
            others,
            fitted: accuracy(yield* bagsOf(train, size)),
          };
        }));
      return { points };
    }),
});
