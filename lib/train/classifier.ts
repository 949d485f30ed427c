/**
 * Training of image classifiers.
 *
 * @module
 */
import type * as TensorFlow from "@tensorflow/tfjs";
import * as Effect from "effect/Effect";
import * as Schema from "effect/Schema";
import type { Json } from "../dag/canonical.ts";
import type { Running } from "../dag/running.ts";
import type { DataError } from "../data/folder.ts";
import { permutation } from "../data/random.ts";
import type { Checkpoint } from "../kinds/checkpoint.ts";
import type { Dataset } from "../kinds/dataset.ts";
import { saveNetwork } from "../nn/checkpoint.ts";
import { type ImageConfig, type ImageNetwork, logitsOf, pixelsOf } from "../nn/classifier.ts";
import { Count } from "../nn/config.ts";
import { measureNormalisation } from "../nn/normalisation.ts";
import type { Tensor } from "../tensor/array.ts";
import { softmaxCrossEntropy } from "../tensor/loss.ts";
import type { Arrays } from "../tensor/tensors.ts";
import { cropAndFlip } from "./augment.ts";
import { labelledImagesFor } from "./labelled_images.ts";
import { runTraining } from "./loop.ts";
import { firstState, networkScalars, networkStep } from "./network_step.ts";
import { learningRateOf, Recipe } from "./recipe.ts";
import { parametersOf } from "./step.ts";
import { TrainingError } from "./training_error.ts";

/** How an image classifier is trained. */
export const ClassifierRecipe = Schema.Struct({
  ...Recipe.fields,
  /** Label smoothing: the share of the target that is spread over all classes. */
  labelSmoothing: Schema.Finite.check(Schema.isBetween({ minimum: 0, maximum: 1 })),
  /** What is done to training images: nothing, or random crops (with 4 pixels of padding) and mirroring. */
  augment: Schema.Literals(["none", "crop-flip"]),
  /** Where to stop before the last step, with the learning rates of a training that goes on: a snapshot of it. */
  stop: Schema.optionalKey(Count),
});

/** How an image classifier is trained. */
export type ClassifierRecipe = typeof ClassifierRecipe.Type;

/**
 * Trains an image classifier on `images` uint8 [n, H, W, C] and `labels` int32 [n]. Each epoch takes the examples in a
 * new order and leaves out the last few that do not fill a batch.
 *
 * Needs TensorFlow to be loaded. Fails with a {@linkcode TrainingError} when the data do not fit the network.
 *
 * @returns The network's values, the loss of each step, and how images are normalised.
 */
export const trainClassifier = Effect.fnUntraced(function* <Config extends ImageConfig>(
  network: ImageNetwork<Config>,
  config: Config,
  recipe: ClassifierRecipe,
  data: Dataset,
): Effect.fn.Return<Checkpoint, DataError | TrainingError, Running> {
  const { images, labels, facts } = yield* labelledImagesFor(config, data);
  if (images.shape[0]! < recipe.batch) {
    return yield* new TrainingError({
      message:
        `a batch of ${recipe.batch} is wanted of ${data.about.name}, which has ${
          images.shape[0]
        } examples: ` +
        "ask for a smaller batch or load more.",
    });
  }
  const normalisation = measureNormalisation(images);
  const specs = network.specs(config);
  const learningRate = learningRateOf(recipe);
  const trained = yield* runTraining({
    steps: Math.min(recipe.stop ?? recipe.steps, recipe.steps),
    state: firstState(specs, recipe),
    step: networkStep(specs, recipe, (parameters, batch, pass) => {
      const logits = logitsOf(network, { config, normalisation }, parameters, batch.images!, pass);
      const { labelSmoothing: smoothing } = recipe;
      return softmaxCrossEntropy(logits, batch.labels!, { smoothing }) as TensorFlow.Scalar;
    }),
    batch: batches(images, labels, recipe),
    scalars: (step) => ({ learningRate: learningRate(step), step }),
    scalarTypes: networkScalars,
    execution: recipe.execution,
  });
  return saveNetwork(network, {
    config,
    parameters: parametersOf(trained.state),
    losses: trained.losses,
    facts: { ...facts, normalisation: normalisation as unknown as Json, recipe },
  });
});

/** The batch of each step, as a function of the step alone: epochs are permutations drawn by their number. */
function batches(
  images: Tensor,
  labels: Tensor,
  { batch, seed, augment }: ClassifierRecipe,
): (step: number) => Arrays {
  const count = images.shape[0]!;
  const perEpoch = Math.floor(count / batch);
  const orderOf = lastCall((epoch: number) => permutation({ seed, stream: "batches", step: epoch }, count));
  return (step) => {
    const place = (step % perEpoch) * batch;
    const indices = orderOf(Math.floor(step / perEpoch)).subarray(place, place + batch);
    const pixels = pixelsOf(images, indices);
    return {
      images: augment === "crop-flip" ? cropAndFlip(pixels, { seed, step }) : pixels,
      labels: {
        dtype: "int32",
        shape: [batch],
        data: Int32Array.from(indices, (index) => Number(labels.data[index])),
      },
    };
  };
}

/** Remembers a function's last value, since a training asks for the same epoch's order many times in a row. */
function lastCall<A>(f: (argument: number) => A): (argument: number) => A {
  let last: { readonly argument: number; readonly value: A } | undefined;
  return (argument) => {
    if (last?.argument !== argument) last = { argument, value: f(argument) };
    return last.value;
  };
}
