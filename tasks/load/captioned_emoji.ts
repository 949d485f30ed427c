/**
 * Loads emoji with their names.
 *
 * @module
 */
import * as Schema from "effect/Schema";
import { task } from "../../lib/dag/task.ts";
import { loadEmojiNames } from "../../lib/data/captioned_emoji.ts";
import { Dataset } from "../../lib/kinds/dataset.ts";

/** Loads emoji with their names as captions: `images` uint8 `[n, 32, 32, 3]`, `captions` int32 `[n, 8]`, `labels`. */
export const loadCaptionedEmoji = task({
  name: "load-captioned-emoji",
  about: "Loads emoji with their names.",
  params: Schema.Struct({ split: Schema.Literals(["train", "test"]) }),
  inputs: {},
  output: Dataset,
  uses: ["emoji"],
  run: ({ params: { split } }) => loadEmojiNames(split),
});
