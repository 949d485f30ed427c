/**
 * Features of images, and what a theory says of them.
 *
 * @module
 */
import * as Effect from "effect/Effect";
import type { Running } from "../dag/running.ts";
import type { DataError } from "../data/folder.ts";
import { labelsOf } from "../data/labelled.ts";
import { computeInBatches } from "../evaluate/batches.ts";
import { EvaluationError, examplesFor } from "../evaluate/examples.ts";
import type { Checkpoint } from "../kinds/checkpoint.ts";
import type { Dataset } from "../kinds/dataset.ts";
import { type ImageNetwork, loadClassifier, pixelsOf } from "../nn/classifier.ts";
import { type FeatureMlpConfig, featuresOf } from "../nn/feature_mlp.ts";
import { normaliseImages } from "../nn/normalisation.ts";
import type { Tensor } from "../tensor/array.ts";
import type { Matrix64 } from "../tensor/linalg64.ts";
import { byClass } from "./training.ts";

/** Images computed on at a time. */
const BATCH = 500;

/**
 * The features that the perceptron gives images.
 *
 * Needs TensorFlow to be loaded. Fails when the images do not fit the network, or the checkpoint is another's.
 *
 * @param network The perceptron, with a head or without.
 * @returns `features` float32 [n, d] and the labels, as a dataset.
 */
export const computeFeatures = Effect.fnUntraced(function* (
  network: ImageNetwork<FeatureMlpConfig>,
  checkpoint: Checkpoint,
  data: Dataset,
): Effect.fn.Return<Dataset, unknown, Running> {
  const saved = yield* Effect.try({
    try: () => loadClassifier(network, checkpoint),
    catch: (error) => error,
  });
  const { images, labels } = yield* examplesFor(saved.config, data);
  const { features } = yield* computeInBatches({
    parameters: saved.parameters,
    examples: { images: pixelsOf(images, Array.from({ length: labels.shape[0]! }, (_, index) => index)) },
    size: BATCH,
    compute: (parameters, { images }) => ({
      features: featuresOf(parameters, normaliseImages(images!, saved.normalisation), saved.config),
    }),
  });
  return { about: data.about, tensors: { features: features!, labels } };
});

/** Labelled features. */
export interface Features {
  /** The features, `[n, d]`, in double precision. */
  readonly features: Matrix64;
  /** The label of each. */
  readonly labels: Int32Array;
  /** How many classes there are. */
  readonly classes: number;
}

/** The features of a dataset; fails when it has none. */
export const featuresIn = Effect.fnUntraced(function* (
  data: Dataset,
): Effect.fn.Return<Features, EvaluationError | DataError> {
  const { data: labels, classes } = yield* labelsOf(data);
  const { features } = data.tensors;
  if (features === undefined || features.shape.length !== 2 || features.shape[0] !== labels.length) {
    return yield* new EvaluationError({
      message: `${data.about.name} should hold features [${labels.length}, d], one for each label; it holds ${
        features === undefined ? "none" : `[${features.shape}]`
      }.`,
    });
  }
  return { features: matrixOf(features), labels, classes: classes.length };
});

/** Features with those of a class next to each other, as the theory has them. */
export function sortedByClass({ features, labels, classes }: Features): {
  readonly features: Matrix64;
  readonly counts: readonly number[];
} {
  const { order, counts } = byClass(labels, classes);
  const { columns } = features;
  const data = new Float64Array(features.data.length);
  order.forEach((from, to) =>
    data.set(features.data.subarray(from * columns, (from + 1) * columns), to * columns)
  );
  return { features: { ...features, data }, counts };
}

function matrixOf({ shape, data }: Tensor): Matrix64 {
  return {
    rows: shape[0]!,
    columns: shape[1]!,
    data: Float64Array.from(data as Float32Array | Float64Array),
  };
}
