import * as Effect from "effect/Effect";
import * as Schema from "effect/Schema";
import { task } from "../../lib/dag/task.ts";
import { Checkpoint } from "../../lib/kinds/checkpoint.ts";
import { RuleFamily } from "../../lib/language/toy/family.ts";
import { LearnerConfig, trainToyLearner as train } from "../../lib/language/toy/learner.ts";
import { useTensorFlow } from "../../lib/tensor/native.ts";
import { Recipe } from "../../lib/train/recipe.ts";

/** Trains a small transformer to learn hidden rules in context. */
export const trainToyLearner = task({
  name: "train-toy-learner",
  about: "Trains a small transformer to learn hidden rules in context.",
  params: Schema.Struct({ family: RuleFamily, size: LearnerConfig, ...Recipe.fields }),
  inputs: {},
  output: Checkpoint,
  uses: ["tensorflow"],
  resources: { cores: 1, memory: 700 },
  run: ({ params: { family, size, ...recipe } }) =>
    Effect.gen(function* () {
      yield* useTensorFlow;
      return yield* train(family, size, recipe);
    }),
});
