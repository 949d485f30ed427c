/**
 * Loads PASCAL VOC 2012.
 *
 * @module
 */
import * as Effect from "effect/Effect";
import { task } from "../../lib/dag/task.ts";
import { loadVocFolder } from "../../lib/data/voc.ts";
import { OutlinedParams } from "../../lib/data/outlined.ts";
import { Dataset } from "../../lib/kinds/dataset.ts";
import { useTensorFlow } from "../../lib/tensor/native.ts";

/** Loads photographs with masks of their classes from the user's own copy: `images`, `labels`, `masks` uint8 `[n, side, side]`. */
export const loadVoc = task({
  name: "load-voc",
  about: "Loads photographs with masks of their classes.",
  params: OutlinedParams,
  inputs: {},
  output: Dataset,
  uses: ["tensorflow", "voc"],
  resources: { cores: 1, memory: 4000 },
  run: ({ params }) =>
    Effect.gen(function* () {
      yield* useTensorFlow;
      return yield* loadVocFolder(params);
    }),
});
