import * as Schema from "effect/Schema";
import { task } from "../../lib/dag/task.ts";
import { measureAnswerVotes } from "../../lib/evaluate/answer_votes.ts";
import { Dataset } from "../../lib/kinds/dataset.ts";
import { Metrics } from "../../lib/kinds/metrics.ts";
import { Count } from "../../lib/nn/config.ts";

/** Measures how often an injection wins a vote of a language model's answers, beside how often it must. */
export const answerVotes = task({
  name: "answer-votes",
  about: "Measures how often an injection wins a vote of a language model's answers, and how often it must.",
  params: Schema.Struct({ votes: Schema.Array(Count).check(Schema.isMinLength(1)), seed: Schema.Int }),
  inputs: { clean: Dataset, attacked: Dataset },
  output: Metrics,
  light: true,
  run: ({ params, inputs: { clean, attacked } }) => measureAnswerVotes(clean, attacked, params),
});
