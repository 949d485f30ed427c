/**
 * Training of captioners by DP-SGD.
 *
 * @module
 */
import * as Effect from "effect/Effect";
import type { Json } from "../../dag/canonical.ts";
import type { Running } from "../../dag/running.ts";
import { type Captioned, captionedOf } from "../../data/captions.ts";
import type { DataError } from "../../data/folder.ts";
import { takenRows } from "../../data/keep_rows.ts";
import type { Checkpoint } from "../../kinds/checkpoint.ts";
import type { Dataset } from "../../kinds/dataset.ts";
import { captioner, type CaptionerConfig, captionLosses } from "../../nn/captioner.ts";
import { type CheckpointError, loadNetwork, saveNetwork } from "../../nn/checkpoint.ts";
import { pixelsOf } from "../../nn/classifier.ts";
import { TrainingError } from "../training_error.ts";
import type { PrivateRecipe } from "./recipe.ts";
import { trainPrivately } from "./training.ts";

/**
 * Trains a captioner on `images` and `captions` by DP-SGD, from given values.
 *
 * Needs TensorFlow to be loaded. Fails with a {@linkcode TrainingError} when the data do not fit the network.
 *
 * @param start The values before the first step, which must not depend on the data.
 * @returns The network's values, the mean loss of each step, and under `ran` what an accountant must know.
 */
export const trainPrivateCaptioner = Effect.fnUntraced(function* (
  start: Checkpoint,
  recipe: PrivateRecipe,
  data: Dataset,
): Effect.fn.Return<Checkpoint, DataError | TrainingError | CheckpointError, Running> {
  const captioned = yield* captionedOf(data);
  const { config, parameters } = yield* Effect.try({
    try: () => loadNetwork(captioner, start),
    catch: (error) => error as CheckpointError,
  });
  yield* refuseUnfit(captioned, config, data.about.name);
  const { images, captions } = captioned;
  const trained = yield* trainPrivately({
    specs: captioner.specs(config),
    start: parameters,
    examples: images.shape[0]!,
    losses: (layers, batch) => captionLosses(layers, batch.images!, batch.captions!, config),
    batch: (examples) => ({ images: pixelsOf(images, examples), captions: takenRows(captions, examples) }),
  }, recipe);
  return saveNetwork(captioner, {
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

function refuseUnfit(
  { images, captions, vocabulary }: Captioned,
  { encoder: { side, channels }, vocabulary: known, length }: CaptionerConfig,
  name: string,
): Effect.Effect<void, TrainingError> {
  const refuse = (message: string) => Effect.fail(new TrainingError({ message: `${name} ${message}` }));
  const [, height, width, colours] = images.shape as [number, number, number, number];
  if (height !== side || width !== side || colours !== channels) {
    return refuse(
      `has images of ${height}×${width}×${colours} where the network takes ${side}×${side}×${channels}.`,
    );
  }
  if (vocabulary.length > known) {
    return refuse(
      `has ${vocabulary.length} different tokens where the network knows ${known}: set vocabulary.`,
    );
  }
  if (captions.shape[1]! > length + 1) {
    return refuse(
      `has captions of ${captions.shape[1]} tokens where the network tells ${length}: set length.`,
    );
  }
  return Effect.void;
}
