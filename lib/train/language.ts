/**
 * Training of language models.
 *
 * @module
 */
import type * as TensorFlow from "@tensorflow/tfjs";
import * as Effect from "effect/Effect";
import type { Running } from "../dag/running.ts";
import { integers } from "../data/random.ts";
import type { Checkpoint } from "../kinds/checkpoint.ts";
import type { Dataset } from "../kinds/dataset.ts";
import { saveNetwork } from "../nn/checkpoint.ts";
import type { LanguageConfig } from "../nn/language.ts";
import type { Network, Pass } from "../nn/network.ts";
import type { Parameters } from "../nn/parameters.ts";
import { softmaxCrossEntropy } from "../tensor/loss.ts";
import type { Arrays } from "../tensor/tensors.ts";
import { runTraining, TrainingError } from "./loop.ts";
import { firstState, networkScalars, networkStep } from "./network_step.ts";
import { learningRateOf, type Recipe } from "./recipe.ts";
import { parametersOf } from "./step.ts";

/**
 * Trains a language model on `tokens` int32 [n] to tell each token from those before it. Each step reads windows of
 * `context` tokens from places that are drawn by the seed and the step.
 *
 * Needs TensorFlow to be loaded. Fails with a {@linkcode TrainingError} when the text does not fit the network.
 *
 * @returns The network's values, and the loss of each step in nats a token.
 */
export const trainLanguage = Effect.fnUntraced(function* (
  network: Network<LanguageConfig>,
  config: LanguageConfig,
  recipe: Recipe,
  text: Dataset,
): Effect.fn.Return<Checkpoint, TrainingError, Running> {
  const tokens = yield* tokensOf(text, config);
  const specs = network.specs(config);
  const learningRate = learningRateOf(recipe);
  const trained = yield* runTraining({
    steps: recipe.steps,
    state: firstState(specs, recipe),
    step: networkStep(
      specs,
      recipe,
      (parameters, batch, pass) => languageLoss(network, config, parameters, batch.windows!, pass),
    ),
    batch: (step) => ({
      windows: windowsOf(
        tokens,
        integers(
          { seed: recipe.seed, stream: "windows", step },
          recipe.batch,
          tokens.length - config.context,
        ),
        config.context,
      ),
    }),
    scalars: (step) => ({ learningRate: learningRate(step), step }),
    scalarTypes: networkScalars,
    execution: recipe.execution,
  });
  return saveNetwork(network, {
    config,
    parameters: parametersOf(trained.state),
    losses: trained.losses,
    facts: { data: { name: text.about.name, split: text.about.split, tokens: tokens.length }, recipe },
  });
});

/**
 * The mean loss of windows of text, in nats a token.
 *
 * @param windows int32 [B, T + 1]: the first T tokens are read, the last T are to be told.
 */
export function languageLoss(
  network: Network<LanguageConfig>,
  config: LanguageConfig,
  parameters: Parameters,
  windows: TensorFlow.Tensor,
  pass?: Pass,
): TensorFlow.Scalar {
  const length = windows.shape[1]! - 1;
  const read = windows.slice([0, 0], [-1, length]);
  const told = windows.slice([0, 1], [-1, length]).reshape([-1]);
  const logits = network.forward(parameters, read, config, pass).reshape([-1, config.vocabulary]);
  return softmaxCrossEntropy(logits, told) as TensorFlow.Scalar;
}

/** Windows of `length` + 1 tokens from given places: int32 [starts, length + 1]. */
export function windowsOf(tokens: Int32Array, starts: ArrayLike<number>, length: number): Arrays[string] {
  const data = new Int32Array(starts.length * (length + 1));
  for (let row = 0; row < starts.length; row++) {
    const start = starts[row]!;
    data.set(tokens.subarray(start, start + length + 1), row * (length + 1));
  }
  return { dtype: "int32", shape: [starts.length, length + 1], data };
}

/** The tokens of a text, once they are known to fit the network. */
export function tokensOf(
  { about, tensors }: Dataset,
  { vocabulary, context }: Pick<LanguageConfig, "vocabulary" | "context">,
): Effect.Effect<Int32Array, TrainingError> {
  const tokens = tensors.tokens?.data;
  const refuse = (message: string) => Effect.fail(new TrainingError({ message: `${about.name} ${message}` }));
  if (!(tokens instanceof Int32Array)) return refuse("has no tokens to train on");
  if (tokens.length <= context) {
    return refuse(`has ${tokens.length} tokens, fewer than a window of ${context} + 1: load more text`);
  }
  const greatest = tokens.reduce((most, token) => Math.max(most, token), 0);
  if (greatest >= vocabulary) {
    return refuse(`has the token ${greatest} where the network knows ${vocabulary}: set vocabulary`);
  }
  return Effect.succeed(tokens);
}
