import * as Effect from "effect/Effect";
import * as Schema from "effect/Schema";
import { task } from "../../lib/dag/task.ts";
import { Dataset } from "../../lib/kinds/dataset.ts";
import { ascend, gaussianStart } from "../../lib/mcr2/ascent.ts";
import { problemFields, problemFilter, problemIn } from "../../lib/mcr2/params.ts";
import { tensor } from "../../lib/tensor/array.ts";

const Above0 = Schema.Finite.check(Schema.isGreaterThan(0));

/**
 * Climbs to a maximum of regularised rate reduction from independent normal numbers.
 *
 * @returns `features` float64 [m, d], their labels, and `values`, F at each step.
 */
export const rateAscent = task({
  name: "rate-ascent",
  about: "Climbs to a maximum of regularised rate reduction from a random start.",
  params: Schema.Struct({
    ...problemFields,
    /** Standard deviation of the numbers at the start. */
    deviation: Above0,
    /** What the gradient is multiplied by. */
    stepSize: Above0,
    /** The norm of the gradient at which to stop. */
    tolerance: Above0,
    /** Steps at most. */
    steps: Schema.Int.check(Schema.isGreaterThan(0)),
    /** The seed of the start. */
    seed: Schema.Int,
  }).check(problemFilter()),
  inputs: {},
  output: Dataset,
  resources: { cores: 1, memory: 400 },
  run: ({ params }) =>
    Effect.sync(() => {
      const problem = problemIn(params);
      const { counts, tokens, dimension } = problem;
      const { features, values } = ascend(problem, gaussianStart(problem, params), params);
      const labels = counts.flatMap((count, index) => new Array<number>(count).fill(index));
      return {
        about: {
          name: "features of an ascent",
          split: "train",
          classes: counts.map((_, index) => `class ${index + 1}`),
        },
        tensors: {
          features: tensor("float64", [tokens, dimension], features.data),
          labels: tensor("int32", [tokens], labels),
          values: tensor("float64", [values.length], values),
        },
      };
    }),
});
