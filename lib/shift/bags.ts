/**
 * Bags of words as vectors of length 1, and linear classifiers of them.
 *
 * @module
 */
import * as Effect from "effect/Effect";
import { DataError } from "../data/folder.ts";
import { labelsOf } from "../data/labelled.ts";
import type { Dataset } from "../kinds/dataset.ts";
import type { Matrix64 } from "../tensor/linalg64.ts";

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

/** The Gram matrix of texts: of two, how many words they share, over the root of the product of their lengths. */
export function gramOfBags(bags: Bags): Matrix64 {
  const { count, vocabulary, words, offsets } = bags;
  const data = new Float64Array(count * count);
  const scale = scales(bags);
  const textsWith = Array.from({ length: vocabulary }, (): number[] => []);
  for (let i = 0; i < count; i += 1) {
    for (let place = offsets[i]!; place < offsets[i + 1]!; place += 1) {
      const texts = textsWith[words[place]!]!;
      texts.push(i);
      for (const j of texts) data[i * count + j]! += scale[i]! * scale[j]!;
    }
    for (let j = 0; j < i; j += 1) data[j * count + i] = data[i * count + j]!;
  }
  return { rows: count, columns: count, data };
}

/** The weights Σ bᵢ xᵢ of a classifier, one for each word of the vocabulary. */
export function wordWeights(bags: Bags, coefficients: Float64Array): Float64Array {
  const weights = new Float64Array(bags.vocabulary);
  const scale = scales(bags);
  eachWord(bags, (text, word) => weights[word]! += coefficients[text]! * scale[text]!);
  return weights;
}

/** The share of texts on whose label's side a classifier's score is. */
export function bagAccuracy(bags: Bags, weights: Float64Array): number {
  const scores = new Float64Array(bags.count);
  eachWord(bags, (text, word) => scores[text]! += weights[word]!);
  return scores.filter((score, text) => score * bags.labels[text]! > 0).length / bags.count;
}

function scales({ count, offsets }: Bags): Float64Array {
  return Float64Array.from({ length: count }, (_, i) => 1 / Math.sqrt(offsets[i + 1]! - offsets[i]!));
}

function eachWord({ count, words, offsets }: Bags, visit: (text: number, word: number) => void): void {
  for (let text = 0; text < count; text += 1) {
    for (let place = offsets[text]!; place < offsets[text + 1]!; place += 1) visit(text, words[place]!);
  }
}
