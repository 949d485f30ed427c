/**
 * Training of the arithmetic model.
 *
 * @module
 */
import type * as TensorFlow from "@tensorflow/tfjs";
import * as Effect from "effect/Effect";
import * as Schema from "effect/Schema";
import type { Running } from "../dag/running.ts";
import { type Layout, longestText, vocabulary } from "../data/arithmetic.ts";
import { arithmeticBatch, type ArithmeticWorld } from "../data/arithmetic_training.ts";
import type { Checkpoint } from "../kinds/checkpoint.ts";
import { saveNetwork } from "../nn/checkpoint.ts";
import { divides } from "../nn/config.ts";
import { embedText, LoopedConfig, loopedLanguage, tellTokens, think } from "../nn/looped_language.ts";
import type { Parameters } from "../nn/parameters.ts";
import { tf } from "../tensor/native.ts";
import type { Tensors } from "../tensor/tensors.ts";
import { runTraining } from "./loop.ts";
import { firstState, networkScalars, networkStep } from "./network_step.ts";
import { learningRateOf, type Recipe } from "./recipe.ts";
import { parametersOf } from "./step.ts";
import type { TrainingError } from "./training_error.ts";

/** The sizes of the arithmetic model that its notation does not decide. */
export const ArithmeticNet = Schema.Struct({
  width: LoopedConfig.fields.width,
  depth: LoopedConfig.fields.depth,
  heads: LoopedConfig.fields.heads,
  loops: LoopedConfig.fields.loops,
}).check(divides("heads", "width"));

/** The sizes of the arithmetic model that its notation does not decide. */
export type ArithmeticNet = typeof ArithmeticNet.Type;

/** The configuration of a model that reads and writes a layout. */
export function arithmeticConfig(net: ArithmeticNet, layout: Layout): LoopedConfig {
  return { ...net, vocabulary: vocabulary.length, context: longestText(layout) };
}

/**
 * Trains the arithmetic model to think and to answer after each of its numbers of loops: the loss is their mean. Each
 * example has from no pass of thinking to the most, each number equally often.
 *
 * Needs TensorFlow to be loaded.
 *
 * @returns The network's values, and the loss of each step in nats a token.
 */
export const trainArithmetic = Effect.fnUntraced(function* (
  net: ArithmeticNet,
  layout: Layout,
  world: ArithmeticWorld,
  recipe: Recipe,
): Effect.fn.Return<Checkpoint, TrainingError, Running> {
  const config = arithmeticConfig(net, layout);
  const specs = loopedLanguage.specs(config);
  const learningRate = learningRateOf(recipe);
  const trained = yield* runTraining({
    steps: recipe.steps,
    state: firstState(specs, recipe),
    step: networkStep(specs, recipe, (parameters, batch) => arithmeticLoss(parameters, batch, config)),
    batch: (step) => arithmeticBatch({ seed: recipe.seed, step, batch: recipe.batch }, layout, world),
    scalars: (step) => ({ learningRate: learningRate(step), step }),
    scalarTypes: networkScalars,
    execution: recipe.execution,
  });
  return saveNetwork(loopedLanguage, {
    config,
    parameters: parametersOf(trained.state),
    losses: trained.losses,
    facts: { layout, world, recipe },
  });
});

/** The mean loss of the tokens that have a weight, over all numbers of loops. */
export function arithmeticLoss(
  parameters: Parameters,
  { tokens, weights }: Tensors,
  config: LoopedConfig,
): TensorFlow.Tensor {
  const [batch, length] = tokens!.shape as [number, number];
  const told = weights!.shape[1]!;
  const states = think(
    parameters,
    embedText(parameters, tf.slice(tokens!, [0, 0], [batch, length - 1])),
    config,
    config.loops.at(-1)!,
  );
  const targets = tf.oneHot(
    tf.slice(tokens!, [0, length - told], [batch, told]),
    config.vocabulary,
    1,
    0,
    "float32",
  );
  const weighed = tf.mul(targets, tf.expandDims(weights!, 2));
  const losses = config.loops.map((loops) => {
    const seen = tf.slice(states[loops - 1]!, [0, length - 1 - told, 0], [batch, told, config.width]);
    return tf.neg(tf.sum(tf.mul(weighed, tf.logSoftmax(tellTokens(parameters, seen)))));
  });
  return tf.div(tf.addN(losses), tf.mul(tf.sum(weights!), config.loops.length));
}
