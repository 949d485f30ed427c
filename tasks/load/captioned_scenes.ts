/**
 * Draws scenes with captions.
 *
 * @module
 */
import * as Effect from "effect/Effect";
import * as Schema from "effect/Schema";
import { task } from "../../lib/dag/task.ts";
import { drawScenes } from "../../lib/data/captioned_scenes.ts";
import { Dataset } from "../../lib/kinds/dataset.ts";
import { Count } from "../../lib/nn/config.ts";

/** Draws scenes: `images` uint8 `[n, 32, 32, 3]`, `captions` int32 `[n, 17]`, `labels` int32 `[n]`. */
export const loadCaptionedScenes = task({
  name: "load-captioned-scenes",
  about: "Draws coloured shapes, with captions by rule.",
  params: Schema.Struct({
    count: Count,
    split: Schema.Literals(["train", "test", "known"]),
    seed: Schema.Int,
  }),
  inputs: {},
  output: Dataset,
  light: true,
  run: ({ params }) => Effect.sync(() => drawScenes(params)),
});
