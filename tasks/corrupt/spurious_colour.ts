/**
 * A colour that seems to tell the label.
 *
 * @module
 */
import * as Effect from "effect/Effect";
import * as Schema from "effect/Schema";
import { task } from "../../lib/dag/task.ts";
import { colourByLabel } from "../../lib/data/colour.ts";
import { corrupted } from "../../lib/data/corruption.ts";
import { DataError } from "../../lib/data/folder.ts";
import { imagesOf, labelsOf } from "../../lib/data/labelled.ts";
import { Share } from "../../lib/data/ranges.ts";
import { Dataset } from "../../lib/kinds/dataset.ts";
import { tensor } from "../../lib/tensor/array.ts";

/** Puts each grey image into the channel of its label with probability `agreement`, and into another's otherwise. */
export const spuriousColour = task({
  name: "spurious-colour",
  about: "Gives each grey image a colour that may tell the label.",
  params: Schema.Struct({ agreement: Share, seed: Schema.Int }),
  inputs: { data: Dataset },
  output: Dataset,
  run: ({ params, inputs: { data } }) =>
    Effect.gen(function* () {
      const images = yield* imagesOf(data);
      if (images.channels !== 1) {
        const message =
          `The images of ${data.about.name} have ${images.channels} channels: only grey ones can be coloured.`;
        return yield* new DataError({ message });
      }
      const { count, height, width, channels, data: coloured } = colourByLabel(
        images,
        yield* labelsOf(data),
        params,
      );
      return corrupted(data, { "spurious-colour": params }, {
        images: tensor("uint8", [count, height, width, channels], coloured),
      });
    }),
});
