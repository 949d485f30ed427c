/**
 * Attention maps as they are kept, read head by head.
 *
 * @module
 */
import * as Effect from "effect/Effect";
import type { Dataset } from "../../kinds/dataset.ts";
import type { Matrix64 } from "../../tensor/linalg64.ts";
import { EvaluationError } from "../examples.ts";
import { patchMask } from "./patches.ts";

/** Maps of images, as `mapAttention` makes them. */
export interface Maps {
  /** How many images. */
  readonly count: number;
  /** How many layers. */
  readonly layers: number;
  /** How many heads. */
  readonly heads: number;
  /** Patches on a side. */
  readonly grid: number;
  /** The class token's products with the patches' keys, of each head of a layer. */
  readonly scores: (image: number, layer: number) => readonly Float32Array[];
  /** The class token's attention to patches as programs have it: scaled by p^{-½}, the class token in the softmax too. */
  readonly attention: (image: number, layer: number) => readonly Float32Array[];
  /** The keys of an image's patches, [patches, d]. */
  readonly features: (image: number) => Matrix64;
}

/** Reads maps; fails when a dataset holds none. */
export const mapsOf = Effect.fnUntraced(function* (
  { about, tensors }: Dataset,
): Effect.fn.Return<Maps, EvaluationError> {
  const { scores, features } = tensors;
  if (scores?.shape.length !== 4 || features?.shape.length !== 3) {
    return yield* new EvaluationError({
      message:
        `${about.name} holds no attention maps: wire in what one of the tasks that map attention made.`,
    });
  }
  const [count, layers, heads, tokens] = scores.shape as [number, number, number, number];
  const [, patches, width] = features.shape as [number, number, number];
  const own = (image: number, layer: number) =>
    Array.from({ length: heads }, (_, head) => {
      const start = ((image * layers + layer) * heads + head) * tokens;
      return (scores.data as Float32Array).subarray(start, start + tokens);
    });
  return {
    count,
    layers,
    heads,
    grid: Math.sqrt(patches),
    scores: (image, layer) => own(image, layer).map((scores) => scores.subarray(1)),
    attention: (image, layer) =>
      own(image, layer).map((scores) => softmax(scores, (width / heads) ** -0.5).subarray(1)),
    features: (image) => ({
      rows: patches,
      columns: width,
      data: Float64Array.from(
        (features.data as Float32Array).subarray(image * patches * width, (image + 1) * patches * width),
      ),
    }),
  };
});

/** Where objects are in an image. */
export interface Truth {
  /** Pixels on a side. */
  readonly side: number;
  /** Each object: its pixels, and the patches of whose pixels at least half are its own. */
  readonly objects: readonly { readonly pixels: Uint8Array; readonly patches: Uint8Array }[];
}

/** What masks of PASCAL VOC say of pixels that nobody decided on: they are no object. */
const VOID = 255;

/**
 * The objects in each image of a dataset with masks: bytes [images, side, side], 0 for the background and a number of its
 * own for each object, or each class of objects, of an image. Fails when there are no masks, or they do not fit.
 */
export const truthsOf = Effect.fnUntraced(function* (
  { about, tensors }: Dataset,
  { count, grid }: Maps,
): Effect.fn.Return<readonly Truth[], EvaluationError> {
  const { masks } = tensors;
  const [images, height, width] = masks?.shape ?? [];
  if (masks === undefined || images! < count || height !== width || height! % grid !== 0) {
    return yield* new EvaluationError({
      message: `${about.name} has ${masks === undefined ? "no masks" : `masks [${masks.shape}]`} where ` +
        `${count} square ones, of a multiple of ${grid} pixels, are wanted.`,
    });
  }
  const side = height!;
  return Array.from({ length: count }, (_, image): Truth => {
    const mask = (masks.data as Uint8Array).subarray(image * side ** 2, (image + 1) * side ** 2);
    return {
      side,
      objects: objectsOf(mask).map((pixels) => ({ pixels, patches: patchMask(pixels, side, grid) })),
    };
  });
});

/** Each object's pixels, of a mask in which every object has a number of its own. */
export function objectsOf(mask: Uint8Array): readonly Uint8Array[] {
  return [...new Set(mask)]
    .filter((number) => number !== 0 && number !== VOID)
    .toSorted((a, b) => a - b)
    .map((number) => mask.map((value) => value === number ? 1 : 0));
}

/** The patches of an image that are any object's. */
export function anyObject({ objects }: Truth, grid: number): Uint8Array {
  return Uint8Array.from(
    { length: grid * grid },
    (_, patch) => objects.some(({ patches }) => patches[patch] === 1) ? 1 : 0,
  );
}

/** exp(scale · x) / Σ exp(scale · x). */
export function softmax(scores: Float32Array, scale = 1): Float32Array {
  const greatest = scores.reduce((most, score) => Math.max(most, score), -Infinity);
  const powers = scores.map((score) => Math.exp(scale * (score - greatest)));
  const sum = powers.reduce((total, power) => total + power, 0);
  return powers.map((power) => power / sum);
}
