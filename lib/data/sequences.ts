/**
 * Labelled sequences of symbols.
 *
 * @module
 */
import * as Effect from "effect/Effect";
import type { Dataset } from "../kinds/dataset.ts";
import type { Tensor } from "../tensor/array.ts";
import { DataError } from "./folder.ts";
import { labelsOf } from "./labelled.ts";

/** Labelled sequences. */
export interface Sequences {
  /** int32 [n, length]. */
  readonly tokens: Tensor;
  /** int32 [n]. */
  readonly labels: Tensor;
}

/** The labelled sequences of a dataset; fails when it has none, or they do not fit a network. */
export const sequencesFor = Effect.fnUntraced(function* (
  { vocabulary, length, classes }: {
    readonly vocabulary: number;
    readonly length: number;
    readonly classes: number;
  },
  data: Dataset,
): Effect.fn.Return<Sequences, DataError> {
  const { about: { name }, tensors: { tokens, labels } } = data;
  const refuse = (message: string) => new DataError({ message: `${name} ${message}` });
  const known = yield* labelsOf(data);
  if (tokens?.dtype !== "int32" || tokens.shape.length !== 2 || tokens.shape[0] !== known.data.length) {
    return yield* refuse("has no sequences, int32 [n, length], one for each label.");
  }
  if (tokens.shape[1] !== length) {
    return yield* refuse(
      `has sequences of ${tokens.shape[1]} where the network takes ${length}: set length.`,
    );
  }
  if (known.classes.length > classes) {
    return yield* refuse(
      `has ${known.classes.length} classes where the network knows ${classes}: set classes.`,
    );
  }
  const stray = (tokens.data as Int32Array).find((token) => token < 0 || token >= vocabulary);
  if (stray !== undefined) {
    return yield* refuse(`has the symbol ${stray} where the network knows ${vocabulary}: set vocabulary.`);
  }
  return { tokens, labels: labels! };
});
