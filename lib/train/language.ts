/**
 * Training of language models.
 *
 * @module
 */
import * as Effect from "effect/Effect";
import type { Running } from "../dag/running.ts";
import type { DataError } from "../data/folder.ts";
import { integers } from "../data/random.ts";
import type { Checkpoint } from "../kinds/checkpoint.ts";
import type { Dataset } from "../kinds/dataset.ts";
import { saveNetwork } from "../nn/checkpoint.ts";
import type { Network } from "../nn/network.ts";
import { languageLoss, type TextConfig, tokensOf, windowsOf } from "../nn/text.ts";
import { runTraining } from "./loop.ts";
import { firstState, networkScalars, networkStep } from "./network_step.ts";
import { learningRateOf, type Recipe } from "./recipe.ts";
import { parametersOf } from "./step.ts";
import type { TrainingError } from "./training_error.ts";

/**
 * Trains a language model on `tokens` int32 [n] to tell each token from those before it. Each step reads windows of
 * `context` tokens from places that are drawn by the seed and the step.
 *
 * Needs TensorFlow to be loaded. Fails with a {@linkcode DataError} when the text does not fit the network.
 *
 * @returns The network's values, and the loss of each step in nats a token.
 */
export const trainLanguage = Effect.fnUntraced(function* <Config extends TextConfig>(
  network: Network<Config>,
  config: Config,
  recipe: Recipe,
  text: Dataset,
): Effect.fn.Return<Checkpoint, DataError | TrainingError, Running> {
  const { batch, seed, steps, execution } = recipe;
  const { context } = config;
  const tokens = yield* tokensOf(text, config);
  const specs = network.specs(config);
  const learningRate = learningRateOf(recipe);
  const trained = yield* runTraining({
    steps,
    state: firstState(specs, recipe),
    step: networkStep(
      specs,
      recipe,
      (parameters, { windows }, pass) => languageLoss(network, config, parameters, windows!, pass),
    ),
    batch: (step) => {
      const starts = integers({ seed, stream: "windows", step }, batch, tokens.length - context);
      return { windows: windowsOf(tokens, starts, context) };
    },
    scalars: (step) => ({ learningRate: learningRate(step), step }),
    scalarTypes: networkScalars,
    execution,
  });
  return saveNetwork(network, {
    config,
    parameters: parametersOf(trained.state),
    losses: trained.losses,
    facts: { data: { name: text.about.name, split: text.about.split, tokens: tokens.length }, recipe },
  });
});
