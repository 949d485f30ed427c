/**
 * Training of masked autoencoders: by DP-SGD, or plainly on images that are nobody's.
 *
 * @module
 */
import * as Effect from "effect/Effect";
import type { Json } from "../../dag/canonical.ts";
import type { Running } from "../../dag/running.ts";
import { integers, uniform } from "../../data/random.ts";
import type { DataError } from "../../data/folder.ts";
import { imagesOf } from "../../data/labelled.ts";
import type { Checkpoint } from "../../kinds/checkpoint.ts";
import type { Dataset } from "../../kinds/dataset.ts";
import { type CheckpointError, loadNetwork, saveNetwork } from "../../nn/checkpoint.ts";
import { pixelsOf } from "../../nn/classifier.ts";
import { plainLayers } from "../../nn/layers.ts";
import {
  autoencoder,
  type AutoencoderConfig,
  autoencoderSpecs,
  fillingLosses,
  patchCounts,
} from "../../nn/masked_autoencoder.ts";
import type { Tensor } from "../../tensor/array.ts";
import { tf } from "../../tensor/native.ts";
import { runTraining } from "../loop.ts";
import { firstState, networkScalars, networkStep } from "../network_step.ts";
import { learningRateOf, type Recipe } from "../recipe.ts";
import { parametersOf } from "../step.ts";
import { TrainingError } from "../training_error.ts";
import type { PrivateRecipe } from "./recipe.ts";
import { trainPrivately } from "./training.ts";

/**
 * Trains a masked autoencoder on `images` without privacy: for images that a program drew.
 *
 * Needs TensorFlow to be loaded. Fails with a {@linkcode TrainingError} when the images do not fit the network.
 */
export const trainAutoencoder = Effect.fnUntraced(function* (
  config: AutoencoderConfig,
  recipe: Recipe,
  data: Dataset,
): Effect.fn.Return<Checkpoint, DataError | TrainingError, Running> {
  const images = yield* fitting(config, data);
  const specs = autoencoderSpecs(config);
  const learningRate = learningRateOf(recipe);
  const { batch, seed, steps, execution } = recipe;
  const trained = yield* runTraining({
    steps,
    state: firstState(specs, recipe),
    step: networkStep(
      specs,
      recipe,
      (parameters, { images, order }) =>
        tf.mean(fillingLosses(plainLayers(parameters), images!, order!, config)),
    ),
    batch: (step) => ({
      images: pixelsOf(images, integers({ seed, stream: "images", step }, batch, images.shape[0]!)),
      order: orders(config, batch, seed, step),
    }),
    scalars: (step) => ({ learningRate: learningRate(step), step }),
    scalarTypes: networkScalars,
    execution,
  });
  return saveNetwork(autoencoder, {
    config,
    parameters: parametersOf(trained.state),
    losses: trained.losses,
    facts: { data: { name: data.about.name }, recipe },
  });
});

/**
 * Trains a masked autoencoder on `images` by DP-SGD, from given values.
 *
 * Needs TensorFlow to be loaded. Fails with a {@linkcode TrainingError} when the images do not fit the network.
 *
 * @param start The values before the first step, which must not depend on the data.
 * @returns The network's values, the mean loss of each step, and under `ran` what an accountant must know.
 */
export const trainPrivateAutoencoder = Effect.fnUntraced(function* (
  start: Checkpoint,
  recipe: PrivateRecipe,
  data: Dataset,
): Effect.fn.Return<Checkpoint, DataError | TrainingError | CheckpointError, Running> {
  const { config, parameters } = yield* Effect.try({
    try: () => loadNetwork(autoencoder, start),
    catch: (error) => error as CheckpointError,
  });
  const images = yield* fitting(config, data);
  const trained = yield* trainPrivately({
    specs: autoencoderSpecs(config),
    start: parameters,
    examples: images.shape[0]!,
    losses: (layers, batch) => fillingLosses(layers, batch.images!, batch.order!, config),
    batch: (examples, part) => ({
      images: pixelsOf(images, examples),
      order: orders(config, examples.length, recipe.seed, part),
    }),
  }, recipe);
  return saveNetwork(autoencoder, {
    config,
    parameters: trained.parameters,
    losses: trained.losses,
    facts: {
      data: { name: data.about.name, split: data.about.split },
      recipe: recipe as Json,
      ran: trained.ran,
    },
  });
});

/** An order of the patches of each image, int32 [count, n]. */
function orders(config: AutoencoderConfig, count: number, seed: number, step: number): Tensor {
  const { all } = patchCounts(config);
  const draws = uniform({ seed, stream: "hidden patches", step }, count * all);
  const data = new Int32Array(count * all);
  for (let row = 0; row < count; row++) {
    const own = draws.subarray(row * all, (row + 1) * all);
    data.set(Array.from(own.keys()).sort((a, b) => own[a]! - own[b]!), row * all);
  }
  return { dtype: "int32", shape: [count, all], data };
}

const fitting = Effect.fnUntraced(function* (
  { encoder: { side, channels } }: AutoencoderConfig,
  data: Dataset,
): Effect.fn.Return<Tensor, DataError | TrainingError> {
  const { height, width, channels: colours } = yield* imagesOf(data);
  if (height === side && width === side && colours === channels) return data.tensors.images!;
  return yield* new TrainingError({
    message: `${data.about.name} has images of ${height}×${width}×${colours} where the network takes ` +
      `${side}×${side}×${channels}: set side and channels.`,
  });
});
