/**
 * Attacks on image classifiers as they are kept.
 *
 * @module
 */
import type * as TensorFlow from "@tensorflow/tfjs";
import * as Effect from "effect/Effect";
import * as Schema from "effect/Schema";
import type { Running } from "../dag/running.ts";
import { corrupted } from "../data/corruption.ts";
import { computeInBatches } from "../evaluate/batches.ts";
import { examplesFor } from "../evaluate/examples.ts";
import type { Checkpoint } from "../kinds/checkpoint.ts";
import type { Dataset } from "../kinds/dataset.ts";
import { type ImageConfig, type ImageNetwork, loadClassifier, logitsOf, pixelsOf } from "../nn/classifier.ts";
import { softmaxCrossEntropy } from "../tensor/loss.ts";
import { ascend, randomStart, toBytes } from "./projected_gradient.ts";

/** An attack by projected gradient descent. The usual one on 8-bit colour images: ε = 8, step size 2, 10 steps. */
export const ProjectedGradient = Schema.Struct({
  /** ε, in whole grey levels of 255. */
  epsilon: Schema.Int.check(Schema.isBetween({ minimum: 0, maximum: 255 })),
  /** How far each pixel moves in a step, in grey levels. */
  stepSize: Schema.Finite.check(Schema.isGreaterThan(0)),
  /** Steps. */
  steps: Schema.Int.check(Schema.isGreaterThan(0)),
  /** How many images are attacked: the first ones. */
  count: Schema.Int.check(Schema.isGreaterThan(0)),
  /** The seed of the starting points. */
  seed: Schema.Int,
});

/** An attack by projected gradient descent. */
export type ProjectedGradient = typeof ProjectedGradient.Type;

/** Images attacked at a time. */
const BATCH = 100;

/**
 * Attacks a classifier with full knowledge of it: each image is changed so that its loss rises.
 *
 * Needs TensorFlow to be loaded. Fails when the images do not fit the network, or the checkpoint is another's.
 *
 * @returns The first `count` examples with changed images; their labels are the true ones.
 */
export const attackClassifier = Effect.fnUntraced(function* <Config extends ImageConfig>(
  network: ImageNetwork<Config>,
  checkpoint: Checkpoint,
  data: Dataset,
  attack: ProjectedGradient,
): Effect.fn.Return<Dataset, unknown, Running> {
  const saved = yield* Effect.try({
    try: () => loadClassifier(network, checkpoint),
    catch: (error) => error,
  });
  const { images, labels } = yield* examplesFor(saved.config, data, attack.count);
  const clean = pixelsOf(images, Array.from({ length: labels.shape[0]! }, (_, index) => index));
  const start = { ...clean, data: randomStart(clean.data as Float32Array, attack, attack.seed) };
  const attacked = yield* computeInBatches({
    parameters: saved.parameters,
    examples: { images: start, clean, labels },
    size: BATCH,
    compute: (parameters, batch) => {
      const loss = (images: TensorFlow.Tensor) =>
        softmaxCrossEntropy(logitsOf(network, saved, parameters, images), batch.labels!);
      return { images: ascend(loss, batch.images!, batch.clean!, attack) };
    },
    use: (run, batch) => {
      let current = batch;
      for (let step = 0; step < attack.steps; step++) current = { ...current, ...run(current) };
      return { images: current.images! };
    },
  });
  return corrupted({ ...data, tensors: {} }, { "projected-gradient": attack }, {
    images: { ...images, data: toBytes(attacked.images!.data as Float32Array) },
    labels,
  });
});
