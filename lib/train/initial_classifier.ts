/**
 * Image classifiers before training: the baseline that says what training did.
 *
 * @module
 */
import * as Effect from "effect/Effect";
import type { Json } from "../dag/canonical.ts";
import type { DataError } from "../data/folder.ts";
import { photographsOf } from "../data/photographs.ts";
import type { Checkpoint } from "../kinds/checkpoint.ts";
import type { Dataset } from "../kinds/dataset.ts";
import { saveNetwork } from "../nn/checkpoint.ts";
import type { ImageConfig, ImageNetwork } from "../nn/classifier.ts";
import { initialise } from "../nn/initialise.ts";
import { imagenetNormalisation, measureNormalisation, type Normalisation } from "../nn/normalisation.ts";
import { labelledImagesFor } from "./labelled_images.ts";
import type { TrainingError } from "./training_error.ts";

/** The network that `trainClassifier` starts from with the same seed and data. Needs no TensorFlow. */
export const initialiseClassifier = Effect.fnUntraced(function* <Config extends ImageConfig>(
  network: ImageNetwork<Config>,
  config: Config,
  seed: number,
  data: Dataset,
): Effect.fn.Return<Checkpoint, DataError | TrainingError> {
  const { normalisation, facts } = yield* statisticsOf(config, data);
  return saveNetwork(network, {
    config,
    parameters: initialise(network.specs(config), seed),
    losses: new Float32Array(0),
    facts: { ...facts, normalisation: normalisation as unknown as Json, seed },
  });
});

/** How images are normalised, and what a checkpoint says of them; those that lie in files need not be read. */
export const statisticsOf = Effect.fnUntraced(function* (
  config: ImageConfig,
  data: Dataset,
): Effect.fn.Return<Statistics, DataError | TrainingError> {
  const photographs = photographsOf(data);
  if (photographs === undefined) {
    const { images, facts } = yield* labelledImagesFor(config, data);
    return { normalisation: measureNormalisation(images), facts };
  }
  const { name, split, labels } = photographs;
  return { normalisation: imagenetNormalisation, facts: { data: { name, split, examples: labels.length } } };
});

/** What is known of images before a training. */
export interface Statistics {
  /** How they are normalised. */
  readonly normalisation: Normalisation;
  /** What a checkpoint says of them. */
  readonly facts: Readonly<Record<string, Json>>;
}
