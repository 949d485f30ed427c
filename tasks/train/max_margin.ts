import * as Effect from "effect/Effect";
import * as Schema from "effect/Schema";
import { task } from "../../lib/dag/task.ts";
import { Checkpoint } from "../../lib/kinds/checkpoint.ts";
import { Dataset } from "../../lib/kinds/dataset.ts";
import { learnAtSizes, Sizes } from "../../lib/shift/learning.ts";
import { fitLinearMaxMargin } from "../../lib/shift/linear_max_margin.ts";
import type { NotSeparable } from "../../lib/shift/max_margin.ts";

/**
 * Trains a linear classifier of largest margin, which fits every label, on each of several sizes of training set. With a
 * `penalty` the margin is soft, and it need not fit them all.
 */
export const trainMaxMargin = task({
  name: "train-max-margin",
  about: "Trains linear classifiers of largest margin on more and more examples.",
  params: Schema.Struct({
    sizes: Sizes,
    penalty: Schema.optionalKey(Schema.Finite.check(Schema.isGreaterThan(0))),
  }),
  inputs: { data: Dataset },
  output: Checkpoint,
  run: ({ params: { sizes, ...options }, inputs: { data } }) =>
    learnAtSizes(
      data,
      sizes,
      (examples) =>
        Effect.try({
          try: () => fitLinearMaxMargin(examples, options),
          catch: (error) => error as NotSeparable,
        }),
      { learner: "max-margin", ...options },
    ),
});
