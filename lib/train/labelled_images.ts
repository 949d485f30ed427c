/**
 * Labelled images to train on.
 *
 * @module
 */
import * as Effect from "effect/Effect";
import type { Json } from "../dag/canonical.ts";
import type { DataError } from "../data/folder.ts";
import { imagesOf, labelsOf } from "../data/labelled.ts";
import type { Dataset } from "../kinds/dataset.ts";
import type { ImageConfig } from "../nn/classifier.ts";
import type { Tensor } from "../tensor/array.ts";
import { TrainingError } from "./training_error.ts";

/** Labelled images. */
export interface LabelledImages {
  /** uint8 [n, H, W, C]. */
  readonly images: Tensor;
  /** int32 [n]. */
  readonly labels: Tensor;
  /** What a checkpoint says of them. */
  readonly facts: Readonly<Record<string, Json>>;
}

/** The images and labels of a dataset; fails when it has none, or they do not fit the network. */
export const labelledImagesFor = Effect.fnUntraced(function* (
  { side, channels, classes }: ImageConfig,
  dataset: Dataset,
): Effect.fn.Return<LabelledImages, DataError | TrainingError> {
  const { name, split } = dataset.about;
  const found = yield* imagesOf(dataset);
  const labels = yield* labelsOf(dataset);
  if (found.height !== side || found.width !== side || found.channels !== channels) {
    return yield* new TrainingError({
      message:
        `${name} has images of ${found.height}×${found.width}×${found.channels} where the network takes ` +
        `${side}×${side}×${channels}: set side and channels.`,
    });
  }
  if (labels.classes.length > classes) {
    return yield* new TrainingError({
      message:
        `${name} has ${labels.classes.length} classes where the network knows ${classes}: set classes.`,
    });
  }
  const { images, labels: numbers } = dataset.tensors as { images: Tensor; labels: Tensor };
  return { images, labels: numbers, facts: { data: { name, split, examples: found.count } } };
});
