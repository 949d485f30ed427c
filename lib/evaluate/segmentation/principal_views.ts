/**
 * What the principal components of keys show of objects.
 *
 * @module
 */
import * as Effect from "effect/Effect";
import type { Dataset } from "../../kinds/dataset.ts";
import type { Metrics } from "../../kinds/metrics.ts";
import { type Tensor, tensor } from "../../tensor/array.ts";
import type { Matrix64 } from "../../tensor/linalg64.ts";
import type { EvaluationError } from "../examples.ts";
import { anyObject, type Maps, mapsOf, truthsOf } from "./maps.ts";
import { principalCoordinates, smallerSide } from "./principal.ts";

/** Fewer images of a class have no components in common. */
const LEAST = 2;

/**
 * Measures whether the first principal component of the keys of images of one class tells the object from what is around
 * it: the share of the object's patches on the side of zero that most of them lie on, and the share of other patches on
 * that side.
 *
 * @param maps What `mapAttention` made.
 * @param truth A dataset with `masks`, whose first images those are.
 * @returns `object` and `background`, means over classes, and `gap`, their difference.
 */
export const measurePrincipalSplit = Effect.fnUntraced(function* (
  maps: Dataset,
  truth: Dataset,
): Effect.fn.Return<Metrics, EvaluationError> {
  const found = yield* mapsOf(maps);
  const truths = yield* truthsOf(truth, found);
  const classes = imagesByClass(maps).map((images) => {
    const first = principalCoordinates(keysOf(found, images), 1).data;
    const isObject = images.flatMap((image) => [...anyObject(truths[image]!, found.grid)]);
    const positive = (wanted: number) => {
      const coordinates = first.filter((_, patch) => isObject[patch] === wanted);
      return coordinates.filter((coordinate) => coordinate > 0).length / coordinates.length;
    };
    const [object, background] = [positive(1), positive(0)];
    return object >= 0.5 ? { object, background } : { object: 1 - object, background: 1 - background };
  });
  const mean = (part: "object" | "background") =>
    classes.reduce((sum, found) => sum + found[part], 0) / classes.length;
  return {
    object: mean("object"),
    background: mean("background"),
    gap: mean("object") - mean("background"),
    classes: classes.length,
    data: maps.about.name,
    images: found.count,
  };
});

/**
 * Colours patches by principal components (arXiv 2308.16271, appendix B): the first one, of all patches of images of a
 * class, says which patches to keep; the first three of those that are kept become red, green and blue.
 *
 * @returns `colours` uint8 [images, grid, grid, 4]: a patch that is not kept is transparent.
 */
export const viewPrincipal = Effect.fnUntraced(function* (
  maps: Dataset,
): Effect.fn.Return<Dataset, EvaluationError> {
  const found = yield* mapsOf(maps);
  const patches = found.grid * found.grid;
  const colours = new Uint8Array(found.count * patches * 4);
  for (const images of imagesByClass(maps)) {
    const keys = keysOf(found, images);
    const kept = smallerSide(principalCoordinates(keys, 1).data);
    const rows = Array.from(kept.keys()).filter((row) => kept[row] === 1);
    const bytes = brightness(principalCoordinates(rowsOf(keys, rows), 3));
    rows.forEach((row, place) => {
      const image = images[Math.floor(row / patches)]!;
      colours.set([...bytes.subarray(3 * place, 3 * place + 3), 255], (image * patches + row % patches) * 4);
    });
  }
  return {
    about: maps.about,
    tensors: { colours: tensor("uint8", [found.count, found.grid, found.grid, 4], colours) },
  };
});

/** The images of each class that has at least two. */
function imagesByClass({ tensors }: Dataset): readonly (readonly number[])[] {
  const labels = (tensors.labels as Tensor).data as Int32Array;
  const byClass = Map.groupBy(labels.keys(), (image) => labels[image]!);
  return [...byClass.values()].filter((images) => images.length >= LEAST);
}

/** The keys of all patches of some images, one under the other. */
function keysOf({ features }: Maps, images: readonly number[]): Matrix64 {
  const parts = images.map(features);
  const columns = parts[0]!.columns;
  const data = new Float64Array(parts.reduce((sum, part) => sum + part.data.length, 0));
  parts.forEach((part, place) => data.set(part.data, place * part.data.length));
  return { rows: data.length / columns, columns, data };
}

function rowsOf({ columns, data }: Matrix64, rows: readonly number[]): Matrix64 {
  const taken = new Float64Array(rows.length * columns);
  rows.forEach((row, place) => taken.set(data.subarray(row * columns, (row + 1) * columns), place * columns));
  return { rows: rows.length, columns, data: taken };
}

/** Each column from its least number to its greatest, as bytes from 0 to 255. */
function brightness({ rows, columns, data }: Matrix64): Uint8Array {
  const bytes = new Uint8Array(data.length);
  for (let column = 0; column < columns; column++) {
    const values = Array.from({ length: rows }, (_, row) => data[row * columns + column]!);
    const least = values.reduce((a, b) => Math.min(a, b), Infinity);
    const range = values.reduce((a, b) => Math.max(a, b), -Infinity) - least;
    values.forEach((value, row) =>
      bytes[row * columns + column] = range > 0 ? Math.round(255 * (value - least) / range) : 128
    );
  }
  return bytes;
}
