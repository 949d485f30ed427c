import * as Effect from "effect/Effect";
import * as Schema from "effect/Schema";
import { task } from "../../lib/dag/task.ts";
import { Layout } from "../../lib/data/arithmetic.ts";
import { ArithmeticWorld } from "../../lib/data/arithmetic_training.ts";
import { Checkpoint } from "../../lib/kinds/checkpoint.ts";
import { useTensorFlow } from "../../lib/tensor/native.ts";
import { ArithmeticNet, trainArithmetic as train } from "../../lib/train/arithmetic.ts";
import { Recipe } from "../../lib/train/recipe.ts";

/** Trains a looped model to add, at sizes that take a GPU. */
export const trainLargeArithmetic = task({
  name: "train-large-arithmetic",
  about: "Trains a looped language model to add, at sizes that take a GPU.",
  params: Schema.Struct({ net: ArithmeticNet, layout: Layout, world: ArithmeticWorld, ...Recipe.fields }),
  inputs: {},
  output: Checkpoint,
  uses: ["tensorflow", "gpu"],
  resources: { cores: 1, memory: 8000, gpu: 1 },
  run: ({ params: { net, layout, world, ...recipe } }) =>
    Effect.gen(function* () {
      yield* useTensorFlow;
      return yield* train(net, layout, world, recipe);
    }),
});
