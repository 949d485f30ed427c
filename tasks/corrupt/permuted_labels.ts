import * as Effect from "effect/Effect";
import * as Schema from "effect/Schema";
import { task } from "../../lib/dag/task.ts";
import { corrupted } from "../../lib/data/corruption.ts";
import { labelsOf } from "../../lib/data/labelled.ts";
import { Dataset } from "../../lib/kinds/dataset.ts";
import { tensor } from "../../lib/tensor/array.ts";

/** Gives every class the next one's label, consistently. The true labels stay as `trueLabels`, int32 `[n]`. */
export const permutedLabels = task({
  name: "permuted-labels",
  about: "Gives every class the next one's label.",
  params: Schema.Struct({}),
  inputs: { data: Dataset },
  output: Dataset,
  light: true,
  run: ({ inputs: { data } }) =>
    Effect.map(labelsOf(data), ({ classes, data: labels }) => {
      const permuted = labels.map((label) => (label + 1) % classes.length);
      return corrupted(data, { "permuted-labels": {} }, {
        labels: tensor("int32", [permuted.length], permuted),
        trueLabels: data.tensors.trueLabels ?? tensor("int32", [labels.length], labels),
      });
    }),
});
