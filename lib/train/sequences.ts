/**
 * Training of classifiers of sequences.
 *
 * @module
 */
import type * as TensorFlow from "@tensorflow/tfjs";
import * as Effect from "effect/Effect";
import type { Running } from "../dag/running.ts";
import type { DataError } from "../data/folder.ts";
import { integers } from "../data/random.ts";
import { sequencesFor } from "../data/sequences.ts";
import type { Checkpoint } from "../kinds/checkpoint.ts";
import type { Dataset } from "../kinds/dataset.ts";
import { saveNetwork } from "../nn/checkpoint.ts";
import type { SequenceConfig, SequenceNetwork } from "../nn/sequence.ts";
import { softmaxCrossEntropy } from "../tensor/loss.ts";
import { runTraining } from "./loop.ts";
import { firstState, networkScalars, networkStep } from "./network_step.ts";
import { learningRateOf, type Recipe } from "./recipe.ts";
import { parametersOf } from "./step.ts";
import type { TrainingError } from "./training_error.ts";

/**
 * Trains a classifier on `tokens` int32 [n, length] and `labels` int32 [n]. Each step takes examples that are drawn by the
 * seed and the step.
 *
 * Needs TensorFlow to be loaded. Fails with a {@linkcode DataError} when the data do not fit the network.
 *
 * @returns The network's values, and the loss of each step.
 */
export const trainSequences = Effect.fnUntraced(function* (
  network: SequenceNetwork,
  config: SequenceConfig,
  recipe: Recipe,
  data: Dataset,
): Effect.fn.Return<Checkpoint, DataError | TrainingError, Running> {
  const { batch, seed, steps, execution } = recipe;
  const { tokens, labels } = yield* sequencesFor(config, data);
  const [count, length] = tokens.shape as [number, number];
  const specs = network.specs(config);
  const learningRate = learningRateOf(recipe);
  const trained = yield* runTraining({
    steps,
    state: firstState(specs, recipe),
    step: networkStep(specs, recipe, (parameters, { tokens, labels }, pass) => {
      const logits = network.forward(parameters, tokens!, config, pass);
      return softmaxCrossEntropy(logits, labels!) as TensorFlow.Scalar;
    }),
    batch: (step) => {
      const drawn = integers({ seed, stream: "sequences", step }, batch, count);
      const rows = new Int32Array(batch * length);
      drawn.forEach((from, to) => {
        rows.set((tokens.data as Int32Array).subarray(from * length, (from + 1) * length), to * length);
      });
      return {
        tokens: { dtype: "int32", shape: [batch, length], data: rows },
        labels: { dtype: "int32", shape: [batch], data: drawn.map((at) => Number(labels.data[at])) },
      };
    },
    scalars: (step) => ({ learningRate: learningRate(step), step }),
    scalarTypes: networkScalars,
    execution,
  });
  return saveNetwork(network, {
    config,
    parameters: parametersOf(trained.state),
    losses: trained.losses,
    facts: { data: { name: data.about.name, split: data.about.split, examples: count }, recipe },
  });
});
