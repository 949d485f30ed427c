/**
 * Loads texts with a sentiment.
 *
 * @module
 */
import * as Schema from "effect/Schema";
import { task } from "../../lib/dag/task.ts";
import { domains, loadReviews as load } from "../../lib/data/reviews.ts";
import { Dataset } from "../../lib/kinds/dataset.ts";

/** Loads rated texts of one domain as bags of words: `words` and `offsets` int32, `labels` int32 `[n]`. */
export const loadReviews = task({
  name: "load-reviews",
  about: "Loads texts that people rated positive or negative, as bags of words.",
  params: Schema.Struct({
    domain: Schema.Literals(domains),
    split: Schema.Literals(["train", "test"]),
    seed: Schema.Int,
  }),
  inputs: {},
  output: Dataset,
  uses: ["vader"],
  run: ({ params }) => load(params),
});
