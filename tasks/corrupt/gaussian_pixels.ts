/**
 * Gaussian noise on pixels.
 *
 * @module
 */
import * as Effect from "effect/Effect";
import * as Schema from "effect/Schema";
import { task } from "../../lib/dag/task.ts";
import { corrupted } from "../../lib/data/corruption.ts";
import { imagesOf } from "../../lib/data/labelled.ts";
import { addGaussianNoise } from "../../lib/data/pixel_noise.ts";
import { Share } from "../../lib/data/ranges.ts";
import { Dataset } from "../../lib/kinds/dataset.ts";
import { tensor } from "../../lib/tensor/array.ts";

/** Adds normal noise to every pixel; `sigma` is its standard deviation as a share of the full range. */
export const gaussianPixels = task({
  name: "gaussian-pixels",
  about: "Adds normal noise to every pixel.",
  params: Schema.Struct({ sigma: Share, seed: Schema.Int }),
  inputs: { data: Dataset },
  output: Dataset,
  run: ({ params, inputs: { data } }) =>
    Effect.gen(function* () {
      const images = yield* imagesOf(data);
      const noisy = addGaussianNoise(images, params);
      return corrupted(data, { "gaussian-pixels": params }, {
        images: tensor("uint8", data.tensors.images!.shape, noisy),
      });
    }),
});
