/**
 * A few examples of a few classes.
 *
 * @module
 */
import * as Effect from "effect/Effect";
import type { Dataset } from "../kinds/dataset.ts";
import { arrayOf, type Tensor } from "../tensor/array.ts";
import { DataError } from "./folder.ts";
import { labelsOf } from "./labelled.ts";

/**
 * Takes the first `each` examples of the first `classes` classes, in the order in which they come. Fails when a class has
 * fewer.
 */
export const firstOfEach = Effect.fnUntraced(function* (
  data: Dataset,
  { classes, each }: { readonly classes: number; readonly each: number },
): Effect.fn.Return<Dataset, DataError> {
  const { classes: names, data: labels } = yield* labelsOf(data);
  if (classes > names.length) {
    return yield* new DataError({
      message: `The dataset ${data.about.name} has ${names.length} classes: ${classes} were asked for.`,
    });
  }
  const taken = new Array<number>(classes).fill(0);
  const places = labels.keys().filter((place) => {
    const label = labels[place]!;
    if (label >= classes || taken[label]! === each) return false;
    taken[label]! += 1;
    return true;
  }).toArray();
  const short = taken.findIndex((count) => count < each);
  if (short >= 0) {
    return yield* new DataError({
      message: `The dataset ${data.about.name} has ${taken[short]} examples of the class ${names[short]} ` +
        `where ${each} were asked for: load more of it.`,
    });
  }
  return {
    about: { ...data.about, classes: names.slice(0, classes) },
    tensors: Object.fromEntries(
      Object.entries(data.tensors).map(([name, tensor]) => [name, rowsAt(tensor, places)]),
    ),
  };
});

/** Rows of a tensor, in the order of their places. */
function rowsAt({ dtype, shape, data }: Tensor, places: readonly number[]): Tensor {
  const row = data.length / shape[0]!;
  const taken = new arrayOf[dtype](places.length * row);
  places.forEach((from, to) => taken.set(data.subarray(from * row, (from + 1) * row) as never, to * row));
  return { dtype, shape: [places.length, ...shape.slice(1)], data: taken };
}
