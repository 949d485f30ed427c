/**
 * Gaussian nuisance features.
 *
 * @module
 */
import * as Effect from "effect/Effect";
import * as Schema from "effect/Schema";
import { task } from "../../lib/dag/task.ts";
import { corrupted } from "../../lib/data/corruption.ts";
import { DataError } from "../../lib/data/folder.ts";
import { labelsOf } from "../../lib/data/labelled.ts";
import { drawNuisance } from "../../lib/data/nuisance_features.ts";
import { Dataset } from "../../lib/kinds/dataset.ts";
import { tensor } from "../../lib/tensor/array.ts";

/** More numbers than this are not drawn: n examples of k features take n · min(n, k). */
const most = 2 ** 26;

/**
 * Gives each example k nuisance features, N(0, σ²) and independent of everything, as `nuisance` float64
 * `[n, min(n, k)]`: coordinates in the span of the examples, see {@linkcode drawNuisance}. A scale of 0 gives zeros.
 */
export const gaussianNuisance = task({
  name: "gaussian-nuisance",
  about: "Gives each example many normal features that say nothing of its label.",
  params: Schema.Struct({
    features: Schema.Int.check(Schema.isGreaterThan(0)),
    scale: Schema.Finite.check(Schema.isGreaterThanOrEqualTo(0)),
    seed: Schema.Int,
  }),
  inputs: { data: Dataset },
  output: Dataset,
  run: ({ params, inputs: { data } }) =>
    Effect.gen(function* () {
      const count = (yield* labelsOf(data)).data.length;
      const width = Math.min(count, params.features);
      if (count * width > most) {
        const message =
          `The nuisance features of ${data.about.name} would take ${count} × ${width} numbers: ` +
          "give it fewer examples or fewer features.";
        return yield* new DataError({ message });
      }
      return corrupted(data, { "gaussian-nuisance": params }, {
        nuisance: tensor("float64", [count, width], drawNuisance(count, params)),
      });
    }),
});
