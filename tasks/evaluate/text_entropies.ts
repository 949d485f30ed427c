import * as Schema from "effect/Schema";
import { task } from "../../lib/dag/task.ts";
import { measureEntropies } from "../../lib/evaluate/entropies.ts";
import { Dataset } from "../../lib/kinds/dataset.ts";
import { Metrics } from "../../lib/kinds/metrics.ts";

/** Measures what counting tokens and pairs of them can tell of a text: `unigram` and `bigram`, in nats a token. */
export const textEntropies = task({
  name: "text-entropies",
  about: "Counts the entropies of single tokens and of pairs.",
  params: Schema.Struct({}),
  inputs: { train: Dataset, validation: Dataset },
  output: Metrics,
  light: true,
  run: ({ inputs: { train, validation } }) => measureEntropies(train, validation),
});
