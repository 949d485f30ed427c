/**
 * Entropies of the text that a language model is trained on.
 *
 * @module
 */
import * as Effect from "effect/Effect";
import type { DataError } from "../data/folder.ts";
import type { Dataset } from "../kinds/dataset.ts";
import type { Metrics } from "../kinds/metrics.ts";
import { tokensOf } from "../nn/text.ts";
import { bigramCrossEntropy, bigramEntropy, unigramEntropy } from "./ngram.ts";

/**
 * Measures what counting alone can tell of a text.
 *
 * @param train The text that is counted.
 * @param validation Another part of it.
 * @returns In nats a token: `unigram` and `bigram`, the entropies of the counted text, and `bigramOnValidation`, what
 * its table of pairs costs on the other part.
 */
export const measureEntropies = Effect.fnUntraced(function* (
  train: Dataset,
  validation: Dataset,
): Effect.fn.Return<Metrics, DataError> {
  const vocabulary = (train.about.vocabulary as readonly string[]).length;
  const known = yield* tokensOf(train, { vocabulary, context: 1 });
  const other = yield* tokensOf(validation, { vocabulary, context: 1 });
  return {
    unigram: unigramEntropy(known, vocabulary),
    bigram: bigramEntropy(known, vocabulary),
    bigramOnValidation: bigramCrossEntropy(known, other, vocabulary),
    data: train.about.name,
  };
});
