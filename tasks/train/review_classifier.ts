import * as Effect from "effect/Effect";
import * as Schema from "effect/Schema";
import { Running } from "../../lib/dag/running.ts";
import { task } from "../../lib/dag/task.ts";
import { Checkpoint } from "../../lib/kinds/checkpoint.ts";
import { Dataset } from "../../lib/kinds/dataset.ts";
import { bagsOf, byWords } from "../../lib/shift/bags.ts";
import { Sizes } from "../../lib/shift/learning.ts";
import { fitMaxMargin, type NotSeparable } from "../../lib/shift/max_margin.ts";
import { tensor } from "../../lib/tensor/array.ts";

/**
 * Trains linear classifiers of bags of words by support vector machine, one on the first texts of each size: `weights`
 * float64 `[sizes, vocabulary]`.
 */
export const trainReviewClassifier = task({
  name: "train-review-classifier",
  about: "Trains linear classifiers of bags of words on more and more texts.",
  params: Schema.Struct({ sizes: Sizes, penalty: Schema.Finite.check(Schema.isGreaterThan(0)) }),
  inputs: { data: Dataset },
  output: Checkpoint,
  run: ({ params: { sizes, penalty }, inputs: { data } }) =>
    Effect.gen(function* () {
      const { report } = yield* Running;
      const { vocabulary } = yield* bagsOf(data, 1);
      const weights = new Float64Array(sizes.length * vocabulary);
      for (const [place, size] of sizes.entries()) {
        const bags = yield* bagsOf(data, size);
        const texts = byWords(bags);
        yield* Effect.try({
          try: () => fitMaxMargin(texts, bags.labels, { penalty, sweeps: 100_000 }),
          catch: (error) => error as NotSeparable,
        });
        weights.set(texts.weights, place * vocabulary);
        report({ step: place + 1, total: sizes.length, unit: "sizes" });
        yield* Effect.yieldNow; // lets an interruption through
      }
      return {
        about: { learner: "max-margin", penalty, sizes, data: data.about.name },
        tensors: { weights: tensor("float64", [sizes.length, vocabulary], weights) },
      };
    }),
});
