/**
 * Asymmetric label noise.
 *
 * @module
 */
import * as Effect from "effect/Effect";
import * as Schema from "effect/Schema";
import { task } from "../../lib/dag/task.ts";
import { confuseLabels } from "../../lib/data/asymmetric_noise.ts";
import { corrupted } from "../../lib/data/corruption.ts";
import { DataError } from "../../lib/data/folder.ts";
import { labelsOf } from "../../lib/data/labelled.ts";
import { Share } from "../../lib/data/ranges.ts";
import { Dataset } from "../../lib/kinds/dataset.ts";
import { tensor } from "../../lib/tensor/array.ts";

/**
 * Replaces a share of the labels of some classes by the class that each is mistaken for; `confusions` are pairs of class
 * names, from and to. The true labels stay as `trueLabels`, int32 `[n]`.
 */
export const asymmetricNoise = task({
  name: "asymmetric-noise",
  about: "Replaces a share of the labels by the class that theirs is mistaken for.",
  params: Schema.Struct({
    rate: Share,
    confusions: Schema.Array(Schema.Tuple([Schema.String, Schema.String])).check(Schema.isMinLength(1)),
    seed: Schema.Int,
  }),
  inputs: { data: Dataset },
  output: Dataset,
  light: true,
  run: ({ params, inputs: { data } }) =>
    Effect.gen(function* () {
      const labels = yield* labelsOf(data);
      const unknown = params.confusions.flat().find((name) => !labels.classes.includes(name));
      if (unknown !== undefined) {
        const message = `${data.about.name} has no class ${unknown}; its classes are ${
          labels.classes.join(", ")
        }.`;
        return yield* new DataError({ message });
      }
      const confusions = new Map(
        params.confusions.map(([from, to]) => [labels.classes.indexOf(from), labels.classes.indexOf(to)]),
      );
      const noisy = confuseLabels(labels.data, confusions, params);
      return corrupted(data, { "asymmetric-noise": params }, {
        labels: tensor("int32", [noisy.length], noisy),
        trueLabels: data.tensors.trueLabels ?? tensor("int32", [noisy.length], labels.data),
      });
    }),
});
