/**
 * Composes scenes of emoji.
 *
 * @module
 */
import * as Effect from "effect/Effect";
import { task } from "../../lib/dag/task.ts";
import { loadEmoji } from "../../lib/data/emoji.ts";
import { backgroundsOf, composeScenes, SceneParams } from "../../lib/data/scenes.ts";
import { Dataset } from "../../lib/kinds/dataset.ts";

/**
 * Pastes one emoji of eight groups on each background: `images` uint8 `[n, side, side, 3]`, `labels` int32 `[n]`, and
 * exact `masks` uint8 `[n, side, side]`. The emoji to test on are not among those to train on.
 */
export const emojiScenes = task({
  name: "emoji-scenes",
  about: "Pastes an emoji on each background, with its exact mask.",
  params: SceneParams,
  inputs: { backgrounds: Dataset },
  output: Dataset,
  uses: ["emoji"],
  run: ({ params, inputs: { backgrounds } }) =>
    Effect.gen(function* () {
      const below = yield* backgroundsOf(backgrounds, params);
      const { name, groups } = yield* loadEmoji(params.split);
      return composeScenes(groups, below, params, `${name} on ${backgrounds.about.name}`);
    }),
});
