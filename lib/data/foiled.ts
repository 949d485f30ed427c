/**
 * Scenes with wrong captions beside the right ones.
 *
 * @module
 */
import * as Effect from "effect/Effect";
import type { Dataset } from "../kinds/dataset.ts";
import type { Tensor } from "../tensor/array.ts";
import { type Foils, foilsOf } from "./caption_foils.ts";
import { BEGIN, captionedOf, captionTokens, END } from "./captions.ts";
import { DataError } from "./folder.ts";
import { takenRows } from "./keep_rows.ts";

/**
 * The scenes of several things that can be told from their foils, with those: `images`, `captions`, `attribute` and
 * `relation` int32 `[n, T + 1]`, `order` int32 `[n, 4, T + 1]`. Fails when there are none.
 */
export function withFoils(data: Dataset, seed: number): Effect.Effect<Dataset, DataError> {
  return Effect.gen(function* () {
    const { images, captions, vocabulary } = yield* captionedOf(data);
    const [count, length] = captions.shape as [number, number];
    const kept: { readonly row: number; readonly foils: Required<Foils> }[] = [];
    for (let row = 0; row < count; row++) {
      const caption = wordsOf(captions, row, vocabulary);
      const foils = foilsOf(caption, { seed, index: row });
      if (foils?.attribute !== undefined) kept.push({ row, foils: { ...foils, attribute: foils.attribute } });
    }
    if (kept.length === 0) {
      return yield* new DataError({
        message: `${data.about.name} has no scene of several things: load more.`,
      });
    }
    const tokens = (sentences: readonly string[]) => captionTokens(sentences, vocabulary, length);
    return {
      about: data.about,
      tensors: {
        images: takenRows(images, kept.map(({ row }) => row)),
        captions: takenRows(captions, kept.map(({ row }) => row)),
        attribute: tokens(kept.map(({ foils }) => foils.attribute)),
        relation: tokens(kept.map(({ foils }) => foils.relation)),
        order: { ...tokens(kept.flatMap(({ foils }) => foils.order)), shape: [kept.length, 4, length] },
      },
    };
  });
}

/** A caption in words, without its marks. */
export function wordsOf({ shape, data }: Tensor, row: number, vocabulary: readonly string[]): string {
  const length = shape[1]!;
  const tokens = [...data.subarray(row * length, (row + 1) * length)] as number[];
  return tokens.filter((token) => token > END && token !== BEGIN).map((token) => vocabulary[token]!).join(
    " ",
  );
}
