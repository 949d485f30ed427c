/**
 * Bags of words as vectors of length 1, and linear classifiers of them.
 *
 * @module
 */
import * as Effect from "effect/Effect";
import { DataError } from "../data/folder.ts";
import { labelsOf } from "../data/labelled.ts";
import type { Dataset } from "../kinds/dataset.ts";
import type { Examined } from "./max_margin.ts";

/** Texts as bags of words: a text of m different words is a vector with 1/√m at each of them. */
export interface Bags {
  /** How many texts. */
  readonly count: number;
  /** How many words there are. */
  readonly vocabulary: number;
  /** The words of all texts, each word of a text once. */
  readonly words: Int32Array;
  /** The words of text i are those from offset i to offset i + 1. */
  readonly offsets: Int32Array;
  /** −1 or 1. */
  readonly labels: Float64Array;
}

/** The first texts of a dataset with `words`, `offsets` and `labels` of two classes; all unless a count is given. */
export const bagsOf = Effect.fnUntraced(function* (
  data: Dataset,
  count?: number,
): Effect.fn.Return<Bags, DataError> {
  const { about: { name, vocabulary }, tensors: { words, offsets } } = data;
  const { classes, data: labels } = yield* labelsOf(data);
  const refuse = (message: string) => new DataError({ message: `The dataset ${name} ${message}.` });
  if (
    !Array.isArray(vocabulary) || words?.dtype !== "int32" || offsets?.shape[0] !== labels.length + 1 ||
    classes.length !== 2
  ) {
    return yield* refuse("should hold bags of words of two classes: words, offsets, labels and a vocabulary");
  }
  const taken = count ?? labels.length;
  if (taken > labels.length) {
    return yield* refuse(`has ${labels.length} texts; ${taken} were asked for`);
  }
  const starts = (offsets.data as Int32Array).subarray(0, taken + 1);
  return {
    count: taken,
    vocabulary: vocabulary.length,
    words: (words.data as Int32Array).subarray(0, starts[taken]!),
    offsets: starts,
    labels: Float64Array.from(labels.subarray(0, taken), (label) => label === 1 ? 1 : -1),
  };
});

/** Texts as a support vector machine meets them, and the weights that it gives them: one for each word. */
export function byWords(bags: Bags): Examined & { readonly weights: Float64Array } {
  const { count, vocabulary, words, offsets } = bags;
  const weights = new Float64Array(vocabulary);
  const scale = Float64Array.from({ length: count }, (_, i) => 1 / Math.sqrt(offsets[i + 1]! - offsets[i]!));
  return {
    weights,
    count,
    square: () => 1,
    score: (text) => {
      let sum = 0;
      for (let place = offsets[text]!; place < offsets[text + 1]!; place += 1) sum += weights[words[place]!]!;
      return sum * scale[text]!;
    },
    add: (text, factor) => {
      for (let place = offsets[text]!; place < offsets[text + 1]!; place += 1) {
        weights[words[place]!]! += factor * scale[text]!;
      }
    },
  };
}

/** The share of texts on whose label's side a classifier's score is. */
export function bagAccuracy({ count, words, offsets, labels }: Bags, weights: Float64Array): number {
  let right = 0;
  for (let text = 0; text < count; text += 1) {
    let score = 0;
    for (let place = offsets[text]!; place < offsets[text + 1]!; place += 1) score += weights[words[place]!]!;
    if (score * labels[text]! > 0) right += 1;
  }
  return right / count;
}
