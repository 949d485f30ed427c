import * as Effect from "effect/Effect";
import * as Schema from "effect/Schema";
import { task } from "../../lib/dag/task.ts";
import { Checkpoint } from "../../lib/kinds/checkpoint.ts";
import { Dataset } from "../../lib/kinds/dataset.ts";
import { Metrics } from "../../lib/kinds/metrics.ts";
import { nuisanceBound as boundOf } from "../../lib/shift/bounds.ts";
import { linearExamples } from "../../lib/shift/examples.ts";
import { learnedAtSizes } from "../../lib/shift/learning.ts";

/**
 * Checks the lower bound on the nuisance weights of classifiers that fit noisy labels. `violated` counts the classifiers
 * whose weights are below it, of the `bounded` ones that it speaks of.
 */
export const nuisanceBound = task({
  name: "nuisance-bound",
  about: "Checks how much nuisance weight the wrong labels force on linear classifiers.",
  params: Schema.Struct({}),
  inputs: { model: Checkpoint, data: Dataset },
  output: Metrics,
  run: ({ inputs: { model, data } }) =>
    Effect.gen(function* () {
      const learned = yield* learnedAtSizes(model);
      const bounds = yield* Effect.forEach(
        learned,
        ({ size, weights: { signal, nuisance } }) =>
          Effect.map(linearExamples(data, size), (examples) => ({
            size,
            // Coordinates beyond the first n belong to later examples; these weights are zero there.
            ...boundOf(examples, { signal, nuisance: nuisance.subarray(0, examples.nuisance.width) }),
          })),
      );
      const bounded = bounds.filter(({ atLeast }) => atLeast !== null);
      return {
        points: bounds,
        bounded: bounded.length,
        violated: bounded.filter(({ norm, atLeast }) => norm < atLeast!).length,
      };
    }),
});
