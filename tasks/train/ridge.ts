import * as Effect from "effect/Effect";
import * as Schema from "effect/Schema";
import { task } from "../../lib/dag/task.ts";
import { Checkpoint } from "../../lib/kinds/checkpoint.ts";
import { Dataset } from "../../lib/kinds/dataset.ts";
import { gramOf } from "../../lib/shift/gram.ts";
import { learnAtSizes, Sizes, weightsOf } from "../../lib/shift/learning.ts";
import { fitRidge } from "../../lib/shift/ridge.ts";

/** Trains a linear classifier by ridge regression, which fits only some labels, on each size of training set. */
export const trainRidge = task({
  name: "train-ridge",
  about: "Trains linear classifiers by ridge regression on more and more examples.",
  params: Schema.Struct({ sizes: Sizes, penalty: Schema.Finite.check(Schema.isGreaterThan(0)) }),
  inputs: { data: Dataset },
  output: Checkpoint,
  run: ({ params: { sizes, penalty }, inputs: { data } }) =>
    learnAtSizes(
      data,
      sizes,
      (examples) =>
        Effect.sync(() => weightsOf(examples, fitRidge(gramOf(examples), examples.labels, penalty))),
      { learner: "ridge", penalty },
    ),
});
