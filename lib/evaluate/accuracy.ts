/**
 * The accuracy of image classifiers.
 *
 * @module
 */
import * as Effect from "effect/Effect";
import type { Running } from "../dag/running.ts";
import type { Checkpoint } from "../kinds/checkpoint.ts";
import type { Dataset } from "../kinds/dataset.ts";
import type { Metrics } from "../kinds/metrics.ts";
import { type ImageConfig, type ImageNetwork, loadClassifier, logitsOf, pixelsOf } from "../nn/classifier.ts";
import { tf } from "../tensor/native.ts";
import { computeInBatches } from "./batches.ts";
import { examplesFor } from "./examples.ts";

/** Images classified at a time. */
const BATCH = 200;

/**
 * Measures the share of images that a classifier gives its highest score to their label.
 *
 * Needs TensorFlow to be loaded. Fails when the images do not fit the network, or the checkpoint is another's.
 *
 * @returns `accuracy` from 0 to 1, `correct` and `count`, and `data`, the true name of the images.
 */
export const measureAccuracy = Effect.fnUntraced(function* <Config extends ImageConfig>(
  network: ImageNetwork<Config>,
  checkpoint: Checkpoint,
  data: Dataset,
): Effect.fn.Return<Metrics, unknown, Running> {
  const saved = yield* Effect.try({
    try: () => loadClassifier(network, checkpoint),
    catch: (error) => error,
  });
  const { images, labels } = yield* examplesFor(saved.config, data);
  const count = labels.shape[0]!;
  const { guesses } = yield* computeInBatches({
    parameters: saved.parameters,
    examples: { images: pixelsOf(images, Array.from({ length: count }, (_, index) => index)) },
    size: BATCH,
    compute: (parameters, { images }) => ({
      guesses: tf.argMax(logitsOf(network, saved, parameters, images!), 1),
    }),
  });
  const correct = (guesses!.data as Int32Array).reduce(
    (sum, guess, index) => sum + (guess === labels.data[index] ? 1 : 0),
    0,
  );
  return { accuracy: correct / count, correct, count, data: data.about.name };
});
