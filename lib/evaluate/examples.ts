/**
 * Labelled images that fit a classifier.
 *
 * @module
 */
import * as Effect from "effect/Effect";
import * as Schema from "effect/Schema";
import type { DataError } from "../data/folder.ts";
import { imagesOf, labelsOf } from "../data/labelled.ts";
import type { Dataset } from "../kinds/dataset.ts";
import type { ImageConfig } from "../nn/classifier.ts";
import type { Tensor } from "../tensor/array.ts";

/** What is to be measured does not fit what it is to be measured on. */
export class EvaluationError extends Schema.TaggedError<EvaluationError>()("EvaluationError", {
  message: Schema.String,
}) {}

/** Labelled images. */
export interface Examples {
  /** uint8 [n, H, W, C]. */
  readonly images: Tensor;
  /** int32 [n]. */
  readonly labels: Tensor;
}

/**
 * The first labelled images of a dataset, once they are known to fit a classifier.
 *
 * @param count How many, at most.
 */
export const examplesFor = Effect.fnUntraced(function* (
  { side, channels }: ImageConfig,
  data: Dataset,
  count = Infinity,
): Effect.fn.Return<Examples, EvaluationError | DataError> {
  const { count: available, height, width, channels: found } = yield* imagesOf(data);
  yield* labelsOf(data);
  if (height !== side || width !== side || found !== channels) {
    return yield* new EvaluationError({
      message: `${data.about.name} has images of ${height}×${width}×${found} where the network takes ` +
        `${side}×${side}×${channels}: evaluate on data like those it was trained on.`,
    });
  }
  if (available === 0) {
    return yield* new EvaluationError({ message: `${data.about.name} has no images to evaluate on.` });
  }
  const { images, labels } = data.tensors as { images: Tensor; labels: Tensor };
  const taken = Math.min(count, available);
  return { images: firstRows(images, taken), labels: firstRows(labels, taken) };
});

/** The first rows of an array, without a copy. */
export function firstRows({ dtype, shape, data }: Tensor, rows: number): Tensor {
  const row = data.length / shape[0]!;
  return { dtype, shape: [rows, ...shape.slice(1)], data: data.subarray(0, rows * row) };
}
