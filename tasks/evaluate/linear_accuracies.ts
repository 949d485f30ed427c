import * as Effect from "effect/Effect";
import * as Schema from "effect/Schema";
import { task } from "../../lib/dag/task.ts";
import { Checkpoint } from "../../lib/kinds/checkpoint.ts";
import { Metrics } from "../../lib/kinds/metrics.ts";
import { gaussianAccuracy } from "../../lib/shift/accuracy.ts";
import { squaredNorm } from "../../lib/shift/gram.ts";
import { learnedAtSizes } from "../../lib/shift/learning.ts";

const Deviation = Schema.Finite.check(Schema.isGreaterThanOrEqualTo(0));

/**
 * Computes, in closed form, what share of the linear world's examples classifiers get right: `id` where nuisance features
 * have the standard deviation `scale`, `ood` where a shift of standard deviation `shift` is added; and the `ratio` of the
 * lengths of the weights, ‖w_N‖ / ‖w_S‖. One point for each size of training set.
 */
export const linearAccuracies = task({
  name: "linear-accuracies",
  about: "Computes the accuracies of linear classifiers, with and without a shift.",
  params: Schema.Struct({ scale: Deviation, shift: Deviation }),
  inputs: { model: Checkpoint },
  output: Metrics,
  light: true,
  run: ({ params: { scale, shift }, inputs: { model } }) =>
    Effect.gen(function* () {
      const learned = yield* learnedAtSizes(model);
      return {
        points: learned.map(({ size, weights }) => {
          const nuisanceNorm = Math.sqrt(squaredNorm(weights.nuisance));
          const classifier = { signal: weights.signal, nuisanceNorm };
          return {
            size,
            id: gaussianAccuracy(classifier, scale ** 2),
            ood: gaussianAccuracy(classifier, scale ** 2 + shift ** 2),
            ratio: nuisanceNorm / Math.sqrt(squaredNorm(weights.signal)),
          };
        }),
      };
    }),
});
