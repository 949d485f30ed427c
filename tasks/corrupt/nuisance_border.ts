/**
 * A border of random texture.
 *
 * @module
 */
import * as Effect from "effect/Effect";
import * as Schema from "effect/Schema";
import { task } from "../../lib/dag/task.ts";
import { corrupted } from "../../lib/data/corruption.ts";
import { imagesOf } from "../../lib/data/labelled.ts";
import { frameWithTexture } from "../../lib/data/nuisance.ts";
import { Pixels } from "../../lib/data/ranges.ts";
import { Dataset } from "../../lib/kinds/dataset.ts";
import { tensor } from "../../lib/tensor/array.ts";

/** Frames each image with `width` pixels of random texture, which say nothing of its label. */
export const nuisanceBorder = task({
  name: "nuisance-border",
  about: "Frames each image with random texture.",
  params: Schema.Struct({ width: Pixels, seed: Schema.Int }),
  inputs: { data: Dataset },
  output: Dataset,
  run: ({ params, inputs: { data } }) =>
    Effect.gen(function* () {
      const { count, height, width, channels, data: framed } = frameWithTexture(
        yield* imagesOf(data),
        params,
      );
      return corrupted(data, { "nuisance-border": params }, {
        images: tensor("uint8", [count, height, width, channels], framed),
      });
    }),
});
