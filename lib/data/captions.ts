/**
 * Captions as tokens: words of a list, between a beginning and an end.
 *
 * @module
 */
import * as Effect from "effect/Effect";
import type { Json } from "../dag/canonical.ts";
import type { Dataset } from "../kinds/dataset.ts";
import type { Tensor } from "../tensor/array.ts";
import { DataError } from "./folder.ts";

/** What fills captions up, begins them and ends them: the first tokens of every vocabulary. */
export const MARKS = ["(none)", "(begin)", "(end)"] as const;

/** The token that begins a caption. */
export const BEGIN = 1;

/** The token that ends a caption. */
export const END = 2;

/**
 * Writes captions as tokens.
 *
 * @example Usage
 * ```ts
 * import { captionTokens, MARKS } from "./captions.ts";
 * import { assertEquals } from "@std/assert";
 *
 * const { data } = captionTokens(["a dog", "a"], [...MARKS, "a", "dog"], 4);
 * assertEquals([...data], [1, 3, 4, 2, 1, 3, 2, 0]);
 * ```
 *
 * @param captions Words with spaces between them. Words beyond the length are cut off, the end with them.
 * @param vocabulary The marks and all words.
 * @param length Tokens of a row.
 * @returns int32 [captions, length]
 * @throws {RangeError} On a word that is not in the vocabulary.
 */
export function captionTokens(
  captions: readonly string[],
  vocabulary: readonly string[],
  length: number,
): Tensor {
  const numbers = new Map(vocabulary.map((word, index) => [word, index]));
  const data = new Int32Array(captions.length * length);
  captions.forEach((caption, row) => {
    const words = caption.split(" ").map((word) => {
      const number = numbers.get(word);
      if (number === undefined) throw new RangeError(`the vocabulary has no word ${word}, of "${caption}"`);
      return number;
    });
    data.set([BEGIN, ...words, END].slice(0, length), row * length);
  });
  return { dtype: "int32", shape: [captions.length, length], data };
}

/** Images with captions. */
export interface Captioned {
  /** uint8 [n, H, W, C] */
  readonly images: Tensor;
  /** int32 [n, T + 1] */
  readonly captions: Tensor;
  /** The words that tokens stand for. */
  readonly vocabulary: readonly string[];
}

/** The images and captions of a dataset; fails when it has none, or none of its captions' tokens has a word. */
export function captionedOf(
  { about, tensors: { images, captions } }: Dataset,
): Effect.Effect<Captioned, DataError> {
  const { vocabulary } = about;
  const fits = images?.dtype === "uint8" && images.shape.length === 4 && captions?.dtype === "int32" &&
    captions.shape.length === 2 && captions.shape[0] === images.shape[0] && areWords(vocabulary) &&
    (captions.data as Int32Array).every((token) => token >= 0 && token < vocabulary.length);
  return fits
    ? Effect.succeed({ images, captions, vocabulary: vocabulary as readonly string[] })
    : Effect.fail(
      new DataError({
        message:
          `The dataset ${about.name} should hold images, uint8 [n, H, W, C], a caption of int32 tokens for ` +
          "each, and the vocabulary that they are of; it does not.",
      }),
    );
}

function areWords(value: Json | undefined): value is readonly string[] {
  return Array.isArray(value) && value.every((word) => typeof word === "string");
}
