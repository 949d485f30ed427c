import * as Effect from "effect/Effect";
import * as Schema from "effect/Schema";
import { task } from "../../lib/dag/task.ts";
import { textsDataset, textsOf } from "../../lib/data/texts/labelled.ts";
import { Dataset } from "../../lib/kinds/dataset.ts";
import { Count } from "../../lib/nn/config.ts";

/** Repeats a dataset's texts, all of them in their order, with their labels. */
export const repeatedExamples = task({
  name: "repeated-examples",
  about: "Repeats labelled texts.",
  params: Schema.Struct({ times: Count }),
  inputs: { data: Dataset },
  output: Dataset,
  light: true,
  run: ({ params: { times }, inputs: { data } }) =>
    Effect.map(textsOf(data), ({ classes, examples }) =>
      textsDataset(
        { ...data.about, classes, repeated: times },
        Array.from({ length: times }, () => examples).flat(),
      )),
});
