import * as Effect from "effect/Effect";
import * as Schema from "effect/Schema";
import { task } from "../../lib/dag/task.ts";
import { textsDataset } from "../../lib/data/texts/labelled.ts";
import { templatedReviews } from "../../lib/data/texts/templated.ts";
import { Dataset } from "../../lib/kinds/dataset.ts";
import { Count } from "../../lib/nn/config.ts";

/** Writes made-up movie reviews from templates, half of them of praise. */
export const loadTemplatedReviews = task({
  name: "load-templated-reviews",
  about: "Writes made-up movie reviews from templates.",
  params: Schema.Struct({ count: Count, seed: Schema.Int }),
  inputs: {},
  output: Dataset,
  light: true,
  run: ({ params: { count, seed } }) =>
    Effect.succeed(
      textsDataset(
        { name: "templated reviews", split: "train", classes: ["negative", "positive"] },
        templatedReviews(count, seed),
      ),
    ),
});
