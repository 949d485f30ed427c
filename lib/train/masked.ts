/**
 * Training of masked autoencoders: to complete images of which most patches are hidden.
 *
 * @module
 */
import * as Effect from "effect/Effect";
import * as Schema from "effect/Schema";
import type { Json } from "../dag/canonical.ts";
import type { Running } from "../dag/running.ts";
import type { DataError } from "../data/folder.ts";
import { randomMasks } from "../data/mask.ts";
import type { Checkpoint } from "../kinds/checkpoint.ts";
import type { Dataset } from "../kinds/dataset.ts";
import { patchCount } from "../nn/autoencoder.ts";
import { saveNetwork } from "../nn/checkpoint.ts";
import { pixelsOf } from "../nn/classifier.ts";
import { initialise } from "../nn/initialise.ts";
import type { MaeConfig, MaskedAutoencoder } from "../nn/mae.ts";
import { maskedError } from "../nn/masked_error.ts";
import { measureNormalisation, normaliseImages } from "../nn/normalisation.ts";
import { tf } from "../tensor/native.ts";
import { cropAndFlip } from "./augment.ts";
import { batchOrder } from "./batch_order.ts";
import { labelledImagesFor } from "./labelled_images.ts";
import { runTraining } from "./loop.ts";
import { firstState, networkScalars, networkStep } from "./network_step.ts";
import { learningRateOf, Recipe } from "./recipe.ts";
import { parametersOf } from "./step.ts";
import { TrainingError } from "./training_error.ts";

/** How a masked autoencoder is trained. */
export const MaskedRecipe = Schema.Struct({
  ...Recipe.fields,
  /** The share of patches that are hidden. */
  maskRatio: Schema.Finite.check(
    Schema.isBetween({ minimum: 0, maximum: 1, exclusiveMinimum: true, exclusiveMaximum: true }),
  ),
  /** What is done to training images: nothing, or random crops (with 4 pixels of padding) and mirroring. */
  augment: Schema.Literals(["none", "crop-flip"]),
});

/** How a masked autoencoder is trained. */
export type MaskedRecipe = typeof MaskedRecipe.Type;

/**
 * Trains a masked autoencoder on `images` uint8 [n, H, W, C]; labels are not looked at. Other patches are hidden at every
 * step. Each epoch takes the images in a new order and leaves out the last few that do not fill a batch.
 *
 * Needs TensorFlow to be loaded. Fails with a {@linkcode TrainingError} when the data do not fit the network.
 *
 * @returns The network's values, the loss of each step, and how images are normalised.
 */
export const trainMasked = Effect.fnUntraced(function* <Config extends MaeConfig>(
  network: MaskedAutoencoder<Config>,
  config: Config,
  recipe: MaskedRecipe,
  data: Dataset,
): Effect.fn.Return<Checkpoint, DataError | TrainingError, Running> {
  const { images, facts } = yield* imagesFor(config, data);
  const count = images.shape[0]!;
  const { batch: size, seed, maskRatio: ratio, augment } = recipe;
  if (count < size) {
    return yield* new TrainingError({
      message: `a batch of ${size} is wanted of ${data.about.name}, which has ${count} images: ` +
        "ask for a smaller batch or load more.",
    });
  }
  const normalisation = measureNormalisation(images);
  const specs = network.specs(config);
  const learningRate = learningRateOf(recipe);
  const indices = batchOrder({ seed, batch: size, count });
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
    batch: (step) => {
      const pixels = pixelsOf(images, indices(step));
      const hidden = { images: size, patches: patchCount(config), ratio };
      return {
        images: augment === "crop-flip" ? cropAndFlip(pixels, { seed, step }) : pixels,
        mask: randomMasks({ seed, stream: "masks", step }, hidden),
      };
    },
    scalars: (step) => ({ learningRate: learningRate(step), step }),
    scalarTypes: networkScalars,
    execution: recipe.execution,
  });
  return saveNetwork(network, {
    config,
    parameters: parametersOf(trained.state),
    losses: trained.losses,
    facts: { ...facts, normalisation: normalisation as unknown as Json, recipe: recipe as Json },
  });
});

/** The network that {@linkcode trainMasked} starts from with the same seed and data. Needs no TensorFlow. */
export const initialiseMasked = Effect.fnUntraced(function* <Config extends MaeConfig>(
  network: MaskedAutoencoder<Config>,
  config: Config,
  seed: number,
  data: Dataset,
): Effect.fn.Return<Checkpoint, DataError | TrainingError> {
  const { images, facts } = yield* imagesFor(config, data);
  return saveNetwork(network, {
    config,
    parameters: initialise(network.specs(config), seed),
    losses: new Float32Array(0),
    facts: { ...facts, normalisation: measureNormalisation(images) as unknown as Json, seed },
  });
});

/** The images of a dataset; a masked autoencoder knows any number of classes, since it knows none. */
function imagesFor({ side, channels }: MaeConfig, data: Dataset): ReturnType<typeof labelledImagesFor> {
  return labelledImagesFor({ side, channels, classes: Infinity }, data);
}
