/**
 * The images and labels of a dataset, checked to be what a task can work on.
 *
 * @module
 */
import * as Effect from "effect/Effect";
import type { Json } from "../dag/canonical.ts";
import type { Dataset } from "../kinds/dataset.ts";
import { DataError } from "./folder.ts";

/** Images of bytes. */
export interface Images {
  /** How many. */
  readonly count: number;
  /** Rows of each. */
  readonly height: number;
  /** Columns of each. */
  readonly width: number;
  /** Colours of each pixel. */
  readonly channels: number;
  /** The bytes, `[count, height, width, channels]`. */
  readonly data: Uint8Array;
}

/** Labels and what they stand for. */
export interface Labels {
  /** The names of the classes, by label. */
  readonly classes: readonly string[];
  /** A label for each example. */
  readonly data: Int32Array;
}

/** A dataset's images; fails when it has none. */
export function imagesOf({ about, tensors: { images } }: Dataset): Effect.Effect<Images, DataError> {
  if (images?.dtype !== "uint8" || images.shape.length !== 4) {
    const found = images === undefined ? "none" : `${images.dtype} [${images.shape}]`;
    return fail(about.name, "images, uint8 [n, height, width, channels]", found);
  }
  const [count, height, width, channels] = images.shape as [number, number, number, number];
  return Effect.succeed({ count, height, width, channels, data: images.data as Uint8Array });
}

/** A dataset's labels; fails when it has none, too few for its images, or one that stands for no class. */
export function labelsOf({ about, tensors: { images, labels } }: Dataset): Effect.Effect<Labels, DataError> {
  const { classes } = about;
  if (labels?.dtype !== "int32" || labels.shape.length !== 1) {
    return fail(
      about.name,
      "labels, int32 [n]",
      labels === undefined ? "none" : `${labels.dtype} [${labels.shape}]`,
    );
  }
  if (images !== undefined && images.shape[0] !== labels.shape[0]) {
    return fail(about.name, `a label for each of ${images.shape[0]} images`, `${labels.shape[0]}`);
  }
  if (!isNames(classes)) return fail(about.name, "the names of its classes", "none");
  const data = labels.data as Int32Array;
  const stray = data.find((label) => label < 0 || label >= classes.length);
  if (stray !== undefined) return fail(about.name, `labels from 0 to ${classes.length - 1}`, `${stray}`);
  return Effect.succeed({ classes, data });
}

function fail(name: string, wanted: string, found: string): Effect.Effect<never, DataError> {
  return Effect.fail(
    new DataError({ message: `The dataset ${name} should hold ${wanted}; it holds ${found}.` }),
  );
}

function isNames(value: Json | undefined): value is readonly string[] {
  return Array.isArray(value) && value.every((name) => typeof name === "string");
}
