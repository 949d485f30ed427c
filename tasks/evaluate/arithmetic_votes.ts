import * as Effect from "effect/Effect";
import { task } from "../../lib/dag/task.ts";
import { measureVotes, Votes } from "../../lib/evaluate/arithmetic_votes.ts";
import { Checkpoint } from "../../lib/kinds/checkpoint.ts";
import { Dataset } from "../../lib/kinds/dataset.ts";
import { Metrics } from "../../lib/kinds/metrics.ts";
import { useTensorFlow } from "../../lib/tensor/native.ts";

/** Measures how often an attack wins a vote of the arithmetic model's answers, beside how often it must. */
export const arithmeticVotes = task({
  name: "arithmetic-votes",
  about: "Measures how often an attack wins a vote of the arithmetic model's answers, and how often it must.",
  params: Votes,
  inputs: { model: Checkpoint, attacked: Dataset },
  output: Metrics,
  uses: ["tensorflow"],
  resources: { cores: 1, memory: 700 },
  run: ({ params, inputs: { model, attacked } }) =>
    Effect.gen(function* () {
      yield* useTensorFlow;
      return yield* measureVotes(model, attacked, params);
    }),
});
