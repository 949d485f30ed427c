/**
 * Label noise.
 *
 * @module
 */
import * as Effect from "effect/Effect";
import * as Schema from "effect/Schema";
import { task } from "../../lib/dag/task.ts";
import { corrupted } from "../../lib/data/corruption.ts";
import { replaceLabels } from "../../lib/data/label_noise.ts";
import { labelsOf } from "../../lib/data/labelled.ts";
import { Share } from "../../lib/data/ranges.ts";
import { Dataset } from "../../lib/kinds/dataset.ts";
import { tensor } from "../../lib/tensor/array.ts";

/** Replaces a share of the labels by others, drawn uniformly. The true ones stay as `trueLabels`, int32 `[n]`. */
export const labelNoise = task({
  name: "label-noise",
  about: "Replaces a share of the labels by others, drawn uniformly.",
  params: Schema.Struct({ rate: Share, seed: Schema.Int }),
  inputs: { data: Dataset },
  output: Dataset,
  light: true,
  run: ({ params, inputs: { data } }) =>
    Effect.gen(function* () {
      const labels = yield* labelsOf(data);
      const noisy = replaceLabels(labels.data, labels.classes.length, params);
      return corrupted(data, { "label-noise": params }, {
        labels: tensor("int32", [noisy.length], noisy),
        trueLabels: data.tensors.trueLabels ?? tensor("int32", [noisy.length], labels.data),
      });
    }),
});
