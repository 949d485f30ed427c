import * as Effect from "effect/Effect";
import * as Schema from "effect/Schema";
import { Running } from "../../lib/dag/running.ts";
import { task } from "../../lib/dag/task.ts";
import { Checkpoint } from "../../lib/kinds/checkpoint.ts";
import { Dataset } from "../../lib/kinds/dataset.ts";
import { bagsOf, gramOfBags, wordWeights } from "../../lib/shift/bags.ts";
import { leading } from "../../lib/shift/gram.ts";
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
  resources: { cores: 1, memory: 800 },
  run: ({ params: { sizes, penalty }, inputs: { data } }) =>
    Effect.gen(function* () {
      const { report } = yield* Running;
      const all = yield* bagsOf(data, Math.max(...sizes));
      const gram = gramOfBags(all);
      const weights = new Float64Array(sizes.length * all.vocabulary);
      for (const [place, size] of sizes.entries()) {
        const bags = yield* bagsOf(data, size);
        const { coefficients } = yield* Effect.try({
          try: () => fitMaxMargin(leading(gram, size), bags.labels, { penalty }),
          catch: (error) => error as NotSeparable,
        });
        weights.set(wordWeights(bags, coefficients), place * all.vocabulary);
        report({ step: place + 1, total: sizes.length, unit: "sizes" });
        yield* Effect.yieldNow; // lets an interruption through
      }
      return {
        about: { learner: "max-margin", penalty, sizes, data: data.about.name },
        tensors: { weights: tensor("float64", [sizes.length, all.vocabulary], weights) },
      };
    }),
});
