/**
 * Loads ImageNet-1k.
 *
 * @module
 */
import * as Effect from "effect/Effect";
import { task } from "../../lib/dag/task.ts";
import { choiceParams } from "../../lib/data/choice.ts";
import { imagenetSizes, loadImagenetFolders } from "../../lib/data/imagenet.ts";
import { Dataset } from "../../lib/kinds/dataset.ts";
import { useTensorFlow } from "../../lib/tensor/native.ts";

/** Loads photographs of a thousand classes from the user's own copy: `images` uint8 `[n, 224, 224, 3]`, `labels`. */
export const loadImagenet = task({
  name: "load-imagenet",
  about: "Loads photographs of a thousand classes.",
  params: choiceParams(imagenetSizes),
  inputs: {},
  output: Dataset,
  // What is done with them takes a GPU: better to know before decoding for hours.
  uses: ["tensorflow", "imagenet", "gpu"],
  run: ({ params }) =>
    Effect.gen(function* () {
      yield* useTensorFlow;
      return yield* loadImagenetFolders(params);
    }),
});
