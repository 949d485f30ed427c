import * as Effect from "effect/Effect";
import { task } from "../../lib/dag/task.ts";
import { Checkpoint } from "../../lib/kinds/checkpoint.ts";
import { Dataset } from "../../lib/kinds/dataset.ts";
import { askToyLearner as ask, ToyQuestions } from "../../lib/language/toy/answers.ts";
import { useTensorFlow } from "../../lib/tensor/native.ts";

/** Asks a toy learner for labels, and computes an ideal learner's beside. */
export const askToyLearner = task({
  name: "ask-toy-learner",
  about: "Asks a toy learner for labels, after demonstrations.",
  params: ToyQuestions,
  inputs: { model: Checkpoint },
  output: Dataset,
  uses: ["tensorflow"],
  resources: { cores: 1, memory: 700 },
  run: ({ params, inputs: { model } }) =>
    Effect.gen(function* () {
      yield* useTensorFlow;
      return yield* ask(model, params);
    }),
});
