/**
 * Training of masked autoencoders: to complete images of which most patches are hidden.
 *
 * @module
 */
import * as Effect from "effect/Effect";
import * as Schema from "effect/Schema";
import type { Scope } from "effect/Scope";
import type { Json } from "../dag/canonical.ts";
import type { Running } from "../dag/running.ts";
import type { DataError } from "../data/folder.ts";
import { randomMasks } from "../data/mask.ts";
import type { Checkpoint } from "../kinds/checkpoint.ts";
import type { Dataset } from "../kinds/dataset.ts";
import { patchCount } from "../nn/autoencoder.ts";
import { saveNetwork } from "../nn/checkpoint.ts";
import type { ImageConfig } from "../nn/classifier.ts";
import { initialise } from "../nn/initialise.ts";
import type { MaeConfig, MaskedAutoencoder } from "../nn/mae.ts";
import { maskedError } from "../nn/masked_error.ts";
import { normaliseImages } from "../nn/normalisation.ts";
import { tf } from "../tensor/native.ts";
import type { Arrays } from "../tensor/tensors.ts";
import { augmentImages } from "./augmentation.ts";
import { batchOrder } from "./batch_order.ts";
import { type Examples, examplesFor, PhotographRecipe } from "./examples.ts";
import { statisticsOf } from "./initial_classifier.ts";
import { runTraining } from "./loop.ts";
import { firstState, networkScalars, networkStep } from "./network_step.ts";
import { learningRateOf, Recipe } from "./recipe.ts";
import { parametersOf } from "./step.ts";
import type { TrainingError } from "./training_error.ts";

/** How a masked autoencoder is trained. */
export const MaskedRecipe = Schema.Struct({
  ...Recipe.fields,
  /** The share of patches that are hidden. */
  maskRatio: Schema.Finite.check(
    Schema.isBetween({ minimum: 0, maximum: 1, exclusiveMinimum: true, exclusiveMaximum: true }),
  ),
  /** What is done to training images: nothing, or random crops (with 4 pixels of padding) and mirroring. */
  augment: Schema.Literals(["none", "crop-flip"]),
  /** How photographs that lie in files are seen, where they are. */
  photographs: Schema.optionalKey(PhotographRecipe),
});

/** How a masked autoencoder is trained. */
export type MaskedRecipe = typeof MaskedRecipe.Type;

/**
 * Trains a masked autoencoder on `images` uint8 [n, H, W, C], or on a list of photographs (`lib/data/photographs.ts`), which
 * are read as the training goes; labels are not looked at. Other patches are hidden at every step. Each epoch takes the
 * images in a new order and leaves out the last few that do not fill a batch.
 *
 * Needs TensorFlow to be loaded. Fails with a {@linkcode TrainingError} when the data do not fit the network.
 *
 * @returns The network's values, the loss of each step, and how images are normalised.
 */
export function trainMasked<Config extends MaeConfig>(
  network: MaskedAutoencoder<Config>,
  config: Config,
  recipe: MaskedRecipe,
  data: Dataset,
): Effect.Effect<Checkpoint, DataError | TrainingError, Running> {
  return Effect.scoped(train(network, config, recipe, data));
}

const train = Effect.fnUntraced(function* <Config extends MaeConfig>(
  network: MaskedAutoencoder<Config>,
  config: Config,
  recipe: MaskedRecipe,
  data: Dataset,
): Effect.fn.Return<Checkpoint, DataError | TrainingError, Running | Scope> {
  const examples = yield* examplesFor(withoutClasses(config), recipe, data);
  const { normalisation, facts } = examples;
  const specs = network.specs(config);
  const learningRate = learningRateOf(recipe);
  const trained = yield* runTraining({
    steps: recipe.steps,
    state: firstState(specs, recipe),
    step: networkStep(specs, recipe, (parameters, batch) => {
      const images = normaliseImages(batch.images!, normalisation);
      const mask = batch.mask!;
      return tf.mean(
        maskedError(network.forward(parameters, images, config, { mask }), images, mask, config),
      );
    }),
    batch: batches(examples, config, recipe),
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

/** The images and masks of each step, as a function of the step alone. */
function batches(examples: Examples, config: MaeConfig, recipe: MaskedRecipe): (step: number) => Arrays {
  const { batch, seed, maskRatio: ratio } = recipe;
  const orderOf = batchOrder({ seed, batch, count: examples.count });
  return (step) => {
    const { epoch, order, place } = orderOf(step);
    const bytes = examples.batch(epoch, order, place);
    return {
      images: augmentImages(bytes, recipe, examples.normalisation, { seed, step }).images,
      mask: randomMasks({ seed, stream: "masks", step }, {
        images: batch,
        patches: patchCount(config),
        ratio,
      }),
    };
  };
}

/** The network that {@linkcode trainMasked} starts from with the same seed and data. Needs no TensorFlow. */
export const initialiseMasked = Effect.fnUntraced(function* <Config extends MaeConfig>(
  network: MaskedAutoencoder<Config>,
  config: Config,
  seed: number,
  data: Dataset,
): Effect.fn.Return<Checkpoint, DataError | TrainingError> {
  const { normalisation, facts } = yield* statisticsOf(withoutClasses(config), data);
  return saveNetwork(network, {
    config,
    parameters: initialise(network.specs(config), seed),
    losses: new Float32Array(0),
    facts: { ...facts, normalisation: normalisation as unknown as Json, seed },
  });
});

/** A masked autoencoder fits images of any number of classes, since it knows none. */
function withoutClasses({ side, channels }: MaeConfig): ImageConfig {
  return { side, channels, classes: Infinity };
}
