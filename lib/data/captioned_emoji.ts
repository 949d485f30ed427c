/**
 * Emoji with their names as captions: pictures that people drew, named in a few words, though not as people caption photographs.
 *
 * @module
 */
import * as Effect from "effect/Effect";
import * as Schema from "effect/Schema";
import { Running } from "../dag/running.ts";
import type { Dataset } from "../kinds/dataset.ts";
import type { Tensor } from "../tensor/array.ts";
import { captionTokens, MARKS } from "./captions.ts";
import { DataError, dataFolder, readDataFile } from "./folder.ts";
import { decoding, type FormatError } from "./formats/format_error.ts";
import { decodeRgbaPng } from "./formats/rgba_png.ts";

/** The side of a picture, half of the original's. */
export const EMOJI_SIDE = 32;

/** Tokens of a name's row: nearly all have at most six words; the others are cut off. */
export const EMOJI_TOKENS = 8;

/** Different tokens of all names. */
export const EMOJI_VOCABULARY = 1794;

/** Every fifth emoji is only for tests. */
const TEST_EVERY = 5;

/** The grey that shows through where a picture is transparent. */
const GROUND = 200;

const Pictured = Schema.Struct({ image: Schema.String, has_img_twitter: Schema.Boolean });

const Emoji = Schema.Struct({
  ...Pictured.fields,
  name: Schema.String,
  category: Schema.String,
  sort_order: Schema.Finite,
  skin_variations: Schema.optionalKey(Schema.Record(Schema.String, Pictured)),
});
type Emoji = typeof Emoji.Type;

/**
 * Loads emoji: `images` uint8 `[n, 32, 32, 3]`, `captions` int32 `[n, 8]` and `labels` int32 `[n]`, their categories. An emoji
 * in several skin tones is in one split with all of them; tests have the first only.
 */
export function loadEmojiNames(
  split: "train" | "test",
): Effect.Effect<Dataset, DataError | FormatError, Running> {
  return Effect.gen(function* () {
    const { report } = yield* Running;
    const folder = yield* dataFolder("emoji");
    const text = new TextDecoder().decode(yield* readDataFile(folder, "emoji.json"));
    const unreadable = () =>
      new DataError({ message: `The list emoji.json of ${folder.name} cannot be read.` });
    const list = yield* Effect.try({ try: () => JSON.parse(text) as unknown, catch: unreadable }).pipe(
      Effect.flatMap(Schema.decodeUnknownEffect(Schema.Array(Emoji))),
      Effect.mapError(unreadable),
    );
    // Parts of emoji, such as bare skin tones, are no pictures of anything.
    const all = list.filter((emoji) => emoji.category !== "Component" && emoji.has_img_twitter)
      .toSorted((a, b) => a.sort_order - b.sort_order);
    const classes = [...new Set(all.map(({ category }) => category))].sort();
    const vocabulary = [...MARKS, ...new Set(all.flatMap((emoji) => wordsOf(emoji)).sort())];
    const chosen = all.filter((_, index) => (index % TEST_EVERY === 0) === (split === "test"));
    const pictures = chosen.flatMap((emoji) =>
      picturesOf(emoji, split).map((file) => ({
        file,
        caption: wordsOf(emoji).join(" "),
        category: emoji.category,
      }))
    );
    const size = EMOJI_SIDE * EMOJI_SIDE * 3;
    const images = new Uint8Array(pictures.length * size);
    for (const [index, { file }] of pictures.entries()) {
      const bytes = yield* readDataFile(folder, file);
      images.set(onGround(yield* decoding(() => decodeRgbaPng(bytes, `PNG ${file}`))), index * size);
      report({ step: index + 1, total: pictures.length, unit: "images" });
    }
    return {
      about: { name: `${folder.name} (names as captions)`, split, classes, vocabulary },
      tensors: {
        images: { dtype: "uint8", shape: [pictures.length, EMOJI_SIDE, EMOJI_SIDE, 3], data: images },
        captions: captionTokens(pictures.map(({ caption }) => caption), vocabulary, EMOJI_TOKENS),
        labels: {
          dtype: "int32",
          shape: [pictures.length],
          data: Int32Array.from(pictures, ({ category }) => classes.indexOf(category)),
        },
      },
    };
  });
}

/** The words of a name, in lower case and without signs. */
function wordsOf({ name }: Pick<Emoji, "name">): readonly string[] {
  return name.toLowerCase().split(/[^a-z0-9]+/).filter((word) => word !== "");
}

function picturesOf({ image, skin_variations = {} }: Emoji, split: "train" | "test"): readonly string[] {
  const variations = Object.values(skin_variations).filter((one) => one.has_img_twitter);
  return [image, ...(split === "train" ? variations.map((one) => one.image) : [])];
}

/**
 * A picture of `EMOJI_SIDE` on grey: means over squares of what is seen, which is the ground where nothing covers it.
 *
 * @param picture uint8 `[side, side, 4]`, its side a multiple of `EMOJI_SIDE`.
 */
export function onGround({ shape, data }: Tensor): Uint8Array {
  const side = shape[0]!;
  const cell = side / EMOJI_SIDE;
  const sums = new Float64Array(EMOJI_SIDE * EMOJI_SIDE * 3);
  for (let pixel = 0; pixel < side * side; pixel++) {
    const [y, x] = [Math.floor(pixel / side), pixel % side];
    const place = Math.floor(y / cell) * EMOJI_SIDE + Math.floor(x / cell);
    const cover = Number(data[4 * pixel + 3]) / 255;
    for (let channel = 0; channel < 3; channel++) {
      sums[3 * place + channel]! += cover * Number(data[4 * pixel + channel]) + (1 - cover) * GROUND;
    }
  }
  return Uint8Array.from(sums, (sum) => Math.round(sum / (cell * cell)));
}
