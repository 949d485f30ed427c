/**
 * Which examples of a labelled data set to take.
 *
 * @module
 */
import * as Schema from "effect/Schema";
import { permutation } from "./random.ts";

/** The split, how many of its examples, and the seed of the order in which they come. */
export interface Choice {
  /** The official split. */
  readonly split: "train" | "test";
  /** How many examples; all of them unless given. */
  readonly count?: number;
  /** The seed of the order; 0 unless given. */
  readonly seed?: number;
}

/** How many examples each split has. */
export type SplitSizes = Readonly<Record<Choice["split"], number>>;

/**
 * The parameters of a task that loads a labelled data set.
 *
 * @param sizes How many examples there are: a `count` beyond is refused.
 */
export function choiceParams(sizes: SplitSizes): Schema.Codec<Choice, unknown> {
  return Schema.Struct({
    split: Schema.Literals(["train", "test"]),
    count: Schema.optionalKey(Schema.Int),
    seed: Schema.optionalKey(Schema.Int),
  }).check(Schema.makeFilter(({ split, count }) => {
    const size = sizes[split];
    if (count === undefined || (count >= 1 && count <= size)) return undefined;
    return {
      path: ["count"],
      issue: `Expected a whole number from 1 to ${size}, the size of ${split}`,
    };
  }));
}

/**
 * The places, in the original files, of the examples to take: the beginning of a shuffled order, so that fewer are
 * always among more. The files' own order will not do: the first half of MNIST's test images is the easier one.
 *
 * @returns int32 `[count]`.
 */
export function chosenIndices(
  sizes: SplitSizes,
  { split, count = sizes[split], seed = 0 }: Choice,
): Int32Array {
  return permutation({ seed, stream: `examples/${split}` }, sizes[split]).subarray(0, count);
}

/** Copies rows of equal length in the order of their indices. */
export function takeRows(rows: Uint8Array, length: number, indices: Int32Array): Uint8Array<ArrayBuffer> {
  const taken = new Uint8Array(indices.length * length);
  indices.forEach((from, to) => taken.set(rows.subarray(from * length, (from + 1) * length), to * length));
  return taken;
}
