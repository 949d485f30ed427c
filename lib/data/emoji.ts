/**
 * Emoji as things to paste: groups that look alike, split by emoji.
 *
 * @module
 */
import * as Effect from "effect/Effect";
import * as Schema from "effect/Schema";
import type { Running } from "../dag/running.ts";
import type { Cutout } from "./cutout.ts";
import { DataError, dataFolder, readDataFile } from "./folder.ts";
import { decoding, type FormatError, malformed } from "./formats/format_error.ts";
import { decodeRgbaPng } from "./formats/rgba_png.ts";
import type { Group, SceneParams } from "./scenes.ts";

/** Which emoji make up a group, by their subcategory and, where that is too wide, their short name. */
interface Selection {
  readonly subcategories: readonly string[];
  readonly names?: RegExp;
  /** Set where only the variants in skin tones belong. */
  readonly onlyTones?: boolean;
}

/**
 * Groups of emoji, each with a look of its own. A first choice had hearts, moons and flags too: tested on colours that
 * training had not shown, no network told hearts from the others (4 to 11 % right).
 */
const groups: Readonly<Record<string, Selection>> = {
  faces: {
    subcategories: [
      ...["face-smiling", "face-tongue", "face-sleepy", "face-affection"],
      ...["face-neutral-skeptical", "face-concerned"],
    ],
  },
  clocks: { subcategories: ["time"], names: /^clock\d/ },
  zodiac: { subcategories: ["zodiac"] },
  keycaps: { subcategories: ["keycap"] },
  hands: {
    subcategories: ["hand-fingers-open", "hand-fingers-partial", "hand-fingers-closed"],
    onlyTones: true,
  },
  plants: {
    subcategories: ["plant-other", "food-vegetable"],
    names: /tree$|^(seedling|cactus|herb|shamrock|four_leaf_clover|leaves|leafy_green|broccoli|cucumber)$/,
  },
};

const Emoji = Schema.Struct({
  image: Schema.String,
  short_name: Schema.String,
  subcategory: Schema.String,
  sort_order: Schema.Finite,
  has_img_twitter: Schema.Boolean,
  skin_variations: Schema.optionalKey(
    Schema.Record(Schema.String, Schema.Struct({ image: Schema.String, has_img_twitter: Schema.Boolean })),
  ),
});
type Emoji = typeof Emoji.Type;

/** Emoji of a split, by group. */
export interface EmojiGroups {
  /** The true name of the emoji. */
  readonly name: string;
  /** The groups, in the order of their labels. */
  readonly groups: readonly Group[];
}

/**
 * The emoji of a split, by group. Every fourth emoji of a group, in Unicode's order, is only for tests; the skin tones of
 * one emoji stay together.
 */
export const loadEmoji = Effect.fnUntraced(function* (
  split: SceneParams["split"],
): Effect.fn.Return<EmojiGroups, DataError | FormatError, Running> {
  const folder = yield* dataFolder("emoji");
  const text = new TextDecoder().decode(yield* readDataFile(folder, "emoji.json"));
  const list = yield* Effect.try({ try: () => JSON.parse(text) as unknown, catch: unreadable }).pipe(
    Effect.flatMap(Schema.decodeUnknownEffect(Schema.Array(Emoji))),
    Effect.mapError(unreadable),
  );
  const found: Group[] = [];
  for (const [name, selection] of Object.entries(groups)) {
    const cutouts: Cutout[] = [];
    for (const image of picturesOf(list, selection, split)) {
      const bytes = yield* readDataFile(folder, image);
      cutouts.push(yield* decoding(() => decodeCutout(bytes, image)));
    }
    found.push({ name, cutouts });
  }
  return { name: folder.name, groups: found };
});

function unreadable(error: unknown): DataError {
  return new DataError({ message: `The list emoji.json cannot be read: ${(error as Error).message}.` });
}

/** The pictures of a group's emoji in a split. */
function picturesOf(
  list: readonly Emoji[],
  { subcategories, names = /./, onlyTones = false }: Selection,
  split: SceneParams["split"],
): readonly string[] {
  return list
    .filter((emoji) =>
      emoji.has_img_twitter && subcategories.includes(emoji.subcategory) && names.test(emoji.short_name)
    )
    .toSorted((a, b) => a.sort_order - b.sort_order)
    .filter((_, place) => (place % 4 === 3) === (split === "test"))
    .flatMap(({ image, skin_variations = {} }) => [
      ...(onlyTones ? [] : [image]),
      ...Object.values(skin_variations).filter((tone) => tone.has_img_twitter).map((tone) => tone.image),
    ]);
}

function decodeCutout(bytes: Uint8Array, file: string): Cutout {
  const { shape: [height, width], data } = decodeRgbaPng(bytes, `PNG ${file}`);
  if (width !== height) throw malformed(`PNG ${file}`, "its size", "a square", `${width} by ${height}`);
  return { side: width!, data: data as Uint8Array };
}
