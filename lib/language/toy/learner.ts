/**
 * The toy learner: a small transformer that learns to learn in context. It reads each item, and then the item with its label
 * as one token: so a label need not be brought to its item first, which takes training long to find out.
 *
 * @module
 */
import type * as TensorFlow from "@tensorflow/tfjs";
import * as Effect from "effect/Effect";
import * as Schema from "effect/Schema";
import type { Json } from "../../dag/canonical.ts";
import type { Running } from "../../dag/running.ts";
import type { Checkpoint } from "../../kinds/checkpoint.ts";
import { saveNetwork } from "../../nn/checkpoint.ts";
import { Count } from "../../nn/config.ts";
import type { LanguageConfig } from "../../nn/language.ts";
import type { Parameters } from "../../nn/parameters.ts";
import { softmaxLanguage } from "../../nn/softmax_language.ts";
import { softmaxCrossEntropy } from "../../tensor/loss.ts";
import { tf } from "../../tensor/native.ts";
import { tensor } from "../../tensor/array.ts";
import type { Tensor } from "../../tensor/array.ts";
import { runTraining } from "../../train/loop.ts";
import { firstState, networkScalars, networkStep } from "../../train/network_step.ts";
import { learningRateOf, type Recipe } from "../../train/recipe.ts";
import { parametersOf } from "../../train/step.ts";
import type { TrainingError } from "../../train/training_error.ts";
import { drawEpisodes, type Episodes, type RuleFamily } from "./family.ts";

/** The size of a toy learner. */
export const LearnerConfig = Schema.Struct({
  /** The most demonstrations that it learns to use. */
  shots: Count,
  /** Features of a token. */
  width: Count,
  /** Blocks. */
  depth: Count,
  /** Attention heads; they divide the width. */
  heads: Count,
});

/** The size of a toy learner. */
export type LearnerConfig = typeof LearnerConfig.Type;

/**
 * Trains a toy learner on sequences of a family, each under a new rule, to tell every label from what came before it.
 *
 * Needs TensorFlow to be loaded.
 */
export const trainToyLearner = Effect.fnUntraced(function* (
  family: RuleFamily,
  size: LearnerConfig,
  recipe: Recipe,
): Effect.fn.Return<Checkpoint, TrainingError, Running> {
  const config = languageConfig(family, size);
  const specs = softmaxLanguage.specs(config);
  const learningRate = learningRateOf(recipe);
  const length = size.shots + 1;
  const trained = yield* runTraining({
    steps: recipe.steps,
    state: firstState(specs, recipe),
    step: networkStep(specs, recipe, (parameters, { tokens, labels }) => {
      const logits = labelLogits(config, parameters, tokens!);
      return softmaxCrossEntropy(tf.reshape(logits, [-1, 2]), labels!) as TensorFlow.Scalar;
    }),
    batch: (step) => {
      const draw = { count: recipe.batch, length, seed: recipe.seed, stream: "training", step };
      const episodes = drawEpisodes(family, draw);
      return {
        tokens: tokensOf(family, episodes),
        labels: tensor("int32", [episodes.labels.length], episodes.labels),
      };
    },
    scalars: (step) => ({ learningRate: learningRate(step), step }),
    scalarTypes: networkScalars,
    execution: recipe.execution,
  });
  return saveNetwork(softmaxLanguage, {
    config,
    parameters: parametersOf(trained.state),
    losses: trained.losses,
    facts: { family, shots: size.shots, recipe: recipe as unknown as Json },
  });
});

/** The network for a family: a token for each item, one for each item with each label, and two to answer with. */
export function languageConfig(
  { attributes }: RuleFamily,
  { shots, width, depth, heads }: LearnerConfig,
): LanguageConfig {
  return {
    vocabulary: 3 * 2 ** attributes + 2,
    context: 2 * (shots + 1),
    width,
    depth,
    heads,
    layerScale: 1,
  };
}

/** Sequences as tokens, items and labelled items in turns: int32 `[n, 2 · length]`. */
export function tokensOf({ attributes }: RuleFamily, { length, items, labels }: Episodes): Tensor {
  const tokens = new Int32Array(2 * items.length);
  items.forEach((item, place) => {
    tokens[2 * place] = item;
    tokens[2 * place + 1] = 2 ** attributes + 2 * item + labels[place]!;
  });
  return tensor("int32", [items.length / length, 2 * length], tokens);
}

/**
 * The logits of both labels after every item: tokens [n, 2 T] to [n, T, 2]. What is told at an item does not depend on
 * what follows, its own label included.
 */
export function labelLogits(
  config: LanguageConfig,
  parameters: Parameters,
  tokens: TensorFlow.Tensor,
): TensorFlow.Tensor {
  const [count, length] = tokens.shape as [number, number];
  const { vocabulary } = config;
  const logits = softmaxLanguage.forward(parameters, tokens, config);
  const pairs = tf.reshape(logits, [count, length / 2, 2, vocabulary]);
  const ofItems = tf.slice(pairs, [0, 0, 0, vocabulary - 2], [-1, -1, 1, 2]);
  return tf.reshape(ofItems, [count, length / 2, 2]);
}
