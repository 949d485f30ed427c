/**
 * A square that seems to tell the label.
 *
 * @module
 */
import * as Effect from "effect/Effect";
import * as Schema from "effect/Schema";
import { task } from "../../lib/dag/task.ts";
import { corrupted } from "../../lib/data/corruption.ts";
import { DataError } from "../../lib/data/folder.ts";
import { imagesOf, labelsOf } from "../../lib/data/labelled.ts";
import { pastePatches } from "../../lib/data/nuisance.ts";
import { Pixels, Share } from "../../lib/data/ranges.ts";
import { Dataset } from "../../lib/kinds/dataset.ts";
import { tensor } from "../../lib/tensor/array.ts";

/** Pastes a white square at a place that tells the label with probability `agreement`, and another one otherwise. */
export const nuisancePatch = task({
  name: "nuisance-patch",
  about: "Pastes a white square at a place that may tell the label.",
  params: Schema.Struct({ size: Pixels, agreement: Share, seed: Schema.Int }),
  inputs: { data: Dataset },
  output: Dataset,
  run: ({ params, inputs: { data } }) =>
    Effect.gen(function* () {
      const images = yield* imagesOf(data);
      const { height, width } = images;
      if (params.size > Math.min(height, width)) {
        const message =
          `A patch of ${params.size} pixels does not fit images of ${height} by ${width}: give a smaller size.`;
        return yield* new DataError({ message });
      }
      const patched = pastePatches(images, yield* labelsOf(data), params);
      return corrupted(data, { "nuisance-patch": params }, {
        images: tensor("uint8", data.tensors.images!.shape, patched),
      });
    }),
});
