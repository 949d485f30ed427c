/**
 * Labelled images to train on, wherever they lie: in memory, or in files that are read as the training goes.
 *
 * @module
 */
import * as Effect from "effect/Effect";
import * as Schema from "effect/Schema";
import type { Scope } from "effect/Scope";
import type { Json } from "../dag/canonical.ts";
import { Running } from "../dag/running.ts";
import { takeRows } from "../data/choice.ts";
import type { DataError } from "../data/folder.ts";
import { openPhotographs } from "../data/photograph_stream.ts";
import { type Photographs, photographsOf } from "../data/photographs.ts";
import { integers } from "../data/random.ts";
import type { Dataset } from "../kinds/dataset.ts";
import type { ImageConfig } from "../nn/classifier.ts";
import { imagenetNormalisation, measureNormalisation, type Normalisation } from "../nn/normalisation.ts";
import type { Tensor } from "../tensor/array.ts";
import { Interpolation } from "../tensor/picture_arithmetic.ts";
import { View } from "../tensor/picture_graph.ts";
import { labelledImagesFor } from "./labelled_images.ts";
import { TrainingError } from "./training_error.ts";

/** How photographs that lie in files are seen. Images in memory are taken as they are. */
export const PhotographRecipe = Schema.Struct({
  /** The capability in whose folder they lie. */
  from: Schema.Literals(["imagenet", "imagenet21k"]),
  /** What of a photograph is seen. */
  view: View,
  /** How pixels in between are computed: `bilinear` is torchvision's default, `bicubic` timm's. */
  interpolation: Interpolation,
});

/** How photographs that lie in files are seen. */
export type PhotographRecipe = typeof PhotographRecipe.Type;

/** Labelled images to train on. */
export interface Examples {
  /** How many. */
  readonly count: number;
  /** The label of each: int32 [n]. */
  readonly labels: Int32Array;
  /** How the images are normalised. */
  readonly normalisation: Normalisation;
  /** What a checkpoint says of them. */
  readonly facts: Readonly<Record<string, Json>>;
  /**
   * Some images: uint8 [batch, H, W, C].
   *
   * @param epoch Which epoch it is.
   * @param order The order of the examples in that epoch, in whole batches.
   * @param place Where in that order the batch begins.
   */
  readonly batch: (epoch: number, order: Int32Array, place: number) => Tensor;
}

/** What a training asks of its examples. */
export interface Asked {
  /** Examples in a batch. */
  readonly batch: number;
  /** The seed of the views' draws. */
  readonly seed: number;
  /** How photographs in files are seen, where they are. */
  readonly photographs?: PhotographRecipe;
}

/** Opens a dataset's examples; fails when they do not fit the network, or are too few for a batch. */
export const examplesFor = Effect.fnUntraced(function* (
  config: ImageConfig,
  asked: Asked,
  data: Dataset,
): Effect.fn.Return<Examples, DataError | TrainingError, Running | Scope> {
  const photographs = photographsOf(data);
  const examples = yield* photographs === undefined
    ? examplesInMemory(config, asked, data)
    : examplesInFiles(config, asked, photographs);
  if (examples.count >= asked.batch) return examples;
  return yield* new TrainingError({
    message:
      `a batch of ${asked.batch} is wanted of ${data.about.name}, which has ${examples.count} examples: ` +
      "ask for a smaller batch or load more.",
  });
});

const examplesInMemory = Effect.fnUntraced(function* (
  config: ImageConfig,
  { batch }: Asked,
  data: Dataset,
): Effect.fn.Return<Examples, DataError | TrainingError> {
  const { images, labels, facts } = yield* labelledImagesFor(config, data);
  const [count, ...size] = images.shape as [number, ...number[]];
  const stride = images.data.length / count;
  return {
    ...{ count, labels: labels.data as Int32Array, facts, normalisation: measureNormalisation(images) },
    batch: (_, order, place) => ({
      dtype: "uint8",
      shape: [batch, ...size],
      data: takeRows(images.data as Uint8Array, stride, order.subarray(place, place + batch)),
    }),
  };
});

const examplesInFiles = Effect.fnUntraced(function* (
  { side, channels, classes }: ImageConfig,
  { batch, seed, photographs: recipe }: Asked,
  photographs: Photographs,
): Effect.fn.Return<Examples, DataError | TrainingError, Running | Scope> {
  const { name, split, labels } = photographs;
  if (channels !== 3 || photographs.classes.length > classes) {
    return yield* new TrainingError({
      message:
        `${name} has colour photographs of ${photographs.classes.length} classes where the network takes ` +
        `${channels} channels and knows ${classes} classes: set channels to 3, and classes.`,
    });
  }
  if (recipe?.from !== photographs.capability) {
    return yield* new TrainingError({
      message: `${name} is a list of photographs in files: say in the recipe how they are seen, with ` +
        `photographs: { from: "${photographs.capability}", view: … }.`,
    });
  }
  const { scratch } = yield* Running;
  const stream = yield* openPhotographs(photographs, { ...recipe, side, batch, folder: scratch });
  let next: { readonly epoch: number; readonly place: number } | undefined;
  return {
    ...{ count: labels.length, labels, normalisation: imagenetNormalisation },
    facts: { data: { name, split, examples: labels.length } },
    batch: (epoch, order, place) => {
      if (next?.epoch !== epoch || next.place !== place) {
        const [key] = integers({ seed, stream: "photographs", step: epoch }, 1, 2 ** 31);
        stream.start(order.subarray(place), key!, place);
      }
      next = { epoch, place: place + batch };
      return { dtype: "uint8", shape: [batch, side, side, 3], data: stream.next() };
    },
  };
});
