/**
 * Noise of an attack's own size.
 *
 * @module
 */
import * as Effect from "effect/Effect";
import * as Schema from "effect/Schema";
import { task } from "../../lib/dag/task.ts";
import { corrupted } from "../../lib/data/corruption.ts";
import { imagesOf } from "../../lib/data/labelled.ts";
import { addRandomSigns } from "../../lib/data/random_signs.ts";
import { Dataset } from "../../lib/kinds/dataset.ts";
import { tensor } from "../../lib/tensor/array.ts";

/** Moves every pixel by ε grey levels up or down by chance: what an attack within ε has to beat. */
export const randomSigns = task({
  name: "random-signs",
  about: "Moves every pixel by ε up or down by chance.",
  params: Schema.Struct({
    epsilon: Schema.Int.check(Schema.isBetween({ minimum: 0, maximum: 255 })),
    seed: Schema.Int,
  }),
  inputs: { data: Dataset },
  output: Dataset,
  run: ({ params, inputs: { data } }) =>
    Effect.gen(function* () {
      const images = yield* imagesOf(data);
      const noisy = addRandomSigns(images, params);
      return corrupted(data, { "random-signs": params }, {
        images: tensor("uint8", data.tensors.images!.shape, noisy),
      });
    }),
});
