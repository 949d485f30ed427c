/**
 * What is done to a batch of training images, in the order in which timm and torchvision do it: crop and mirror,
 * RandAugment and colour jitter on bytes; erasing and mixing on pixels.
 *
 * @module
 */
import * as Schema from "effect/Schema";
import type { Picture } from "../image/picture.ts";
import { pixelsOf } from "../nn/classifier.ts";
import type { Normalisation } from "../nn/normalisation.ts";
import type { Tensor } from "../tensor/array.ts";
import { cropAndFlip } from "./augment.ts";
import { colourJitter } from "./colour_jitter.ts";
import { eraseRectangles } from "./erase.ts";
import { Mix, mixImages } from "./mix.ts";
import { RandAugment, randAugment } from "./rand_augment.ts";

const Share = Schema.Finite.check(Schema.isBetween({ minimum: 0, maximum: 1 }));

/** What is done to training images. What is absent is not done. */
export const Augmentation = Schema.Struct({
  /** Nothing, or random crops (with 4 pixels of padding) and mirroring. */
  augment: Schema.Literals(["none", "crop-flip"]),
  /** A few operations drawn at random. */
  randAugment: Schema.optionalKey(RandAugment),
  /** How far brightness, contrast and saturation go from what they are. */
  colourJitter: Schema.optionalKey(Share),
  /** How often a rectangle is erased. */
  erase: Schema.optionalKey(Share),
  /** Mixing of images and labels. */
  mix: Schema.optionalKey(Mix),
});

/** What is done to training images. */
export type Augmentation = typeof Augmentation.Type;

/** A batch ready to train on. */
export interface AugmentedBatch {
  /** float32 [B, H, W, C], pixels in [0, 1], apart from what was erased. */
  readonly images: Tensor;
  /** The share of each image's own label, where images were mixed; the rest belongs to image B − 1 − i. */
  readonly share?: number;
}

/**
 * Augments a batch.
 *
 * @param bytes uint8 [B, H, W, C].
 * @param augmentation What is done.
 * @param normalisation How images are normalised afterwards: the mean fills, and erasing is in its units.
 * @param key The seed and the step: equal ones give equal batches.
 */
export function augmentImages(
  bytes: Tensor,
  augmentation: Augmentation,
  normalisation: Normalisation,
  key: { readonly seed: number; readonly step: number },
): AugmentedBatch {
  const { augment, erase, mix } = augmentation;
  const placed = augment === "crop-flip" ? cropAndFlip(bytes, key) : bytes;
  const changed = changePictures(placed, augmentation, normalisation, key);
  const pixels = pixelsOf(changed, Array.from({ length: bytes.shape[0]! }, (_, image) => image));
  const erased = erase === undefined ? pixels : eraseRectangles(pixels, erase, normalisation, key);
  return mix === undefined ? { images: erased } : mixImages(erased, mix, key);
}

/** RandAugment and colour jitter, picture by picture. */
function changePictures(
  bytes: Tensor,
  { randAugment: settings, colourJitter: strength }: Augmentation,
  { mean }: Normalisation,
  key: { readonly seed: number; readonly step: number },
): Tensor {
  if (settings === undefined && strength === undefined) return bytes;
  const [batch, height, width, channels] = bytes.shape as [number, number, number, number];
  const size = height * width * channels;
  const fill = mean.map((level) => Math.min(255, Math.round(255 * level)));
  let pictures: readonly Picture[] = Array.from({ length: batch }, (_, image) => ({
    ...{ height, width, channels },
    data: (bytes.data as Uint8Array).subarray(image * size, (image + 1) * size),
  }));
  if (settings !== undefined) pictures = randAugment(pictures, settings, fill, key);
  if (strength !== undefined) pictures = colourJitter(pictures, strength, key);
  const data = new Uint8Array(bytes.data.length);
  pictures.forEach((picture, image) => data.set(picture.data, image * size));
  return { ...bytes, data };
}
