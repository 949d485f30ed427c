/**
 * Draws textures.
 *
 * @module
 */
import * as Effect from "effect/Effect";
import * as Schema from "effect/Schema";
import { task } from "../../lib/dag/task.ts";
import { Pixels } from "../../lib/data/ranges.ts";
import { drawTexture, textureKinds } from "../../lib/data/textures.ts";
import { Dataset } from "../../lib/kinds/dataset.ts";
import { Count } from "../../lib/nn/config.ts";
import { tensor } from "../../lib/tensor/array.ts";

/** Draws backgrounds that show nothing: `images` uint8 `[count, side, side, 3]`. */
export const loadTextures = task({
  name: "load-textures",
  about: "Draws textures: dead leaves, clouds and gratings.",
  params: Schema.Struct({ count: Count, side: Pixels, seed: Schema.Int }),
  inputs: {},
  output: Dataset,
  run: ({ params: { count, side, seed } }) =>
    Effect.sync(() => {
      const images = new Uint8Array(count * side * side * 3);
      for (let picture = 0; picture < count; picture++) {
        images.set(drawTexture(side, { seed, picture }), picture * side * side * 3);
      }
      return {
        about: { name: "textures", split: "drawn", kinds: textureKinds },
        tensors: { images: tensor("uint8", [count, side, side, 3], images) },
      };
    }),
});
