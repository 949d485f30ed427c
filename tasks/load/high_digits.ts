/**
 * The digits of Coloured MNIST before they are coloured.
 *
 * @module
 */
import * as Effect from "effect/Effect";
import * as Schema from "effect/Schema";
import { task } from "../../lib/dag/task.ts";
import { halveImages } from "../../lib/data/colour.ts";
import { imagesOf, labelsOf } from "../../lib/data/labelled.ts";
import { Dataset } from "../../lib/kinds/dataset.ts";
import { tensor } from "../../lib/tensor/array.ts";

/** Makes of digits a question of two answers, whether one is at least 5, and of their images half the side. */
export const highDigits = task({
  name: "high-digits",
  about: "Asks of small digits whether they are at least 5.",
  params: Schema.Struct({}),
  inputs: { digits: Dataset },
  output: Dataset,
  run: ({ inputs: { digits } }) =>
    Effect.gen(function* () {
      const { count, height, width, channels, data } = halveImages(yield* imagesOf(digits));
      const { data: labels } = yield* labelsOf(digits);
      return {
        about: { ...digits.about, classes: ["below 5", "at least 5"] },
        tensors: {
          images: tensor("uint8", [count, height, width, channels], data),
          labels: tensor("int32", [count], labels.map((digit) => digit >= 5 ? 1 : 0)),
        },
      };
    }),
});
