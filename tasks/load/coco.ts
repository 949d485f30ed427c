/**
 * Loads COCO 2017.
 *
 * @module
 */
import * as Effect from "effect/Effect";
import { task } from "../../lib/dag/task.ts";
import { loadCocoFolder } from "../../lib/data/coco.ts";
import { OutlinedParams } from "../../lib/data/outlined.ts";
import { Dataset } from "../../lib/kinds/dataset.ts";
import { useTensorFlow } from "../../lib/tensor/native.ts";

/** Loads photographs with masks of the things in them from the user's own copy: `images`, `labels`, `masks` uint8 `[n, side, side]`. */
export const loadCoco = task({
  name: "load-coco",
  about: "Loads photographs with masks of the things in them.",
  params: OutlinedParams,
  inputs: {},
  output: Dataset,
  uses: ["tensorflow", "coco"],
  resources: { cores: 1, memory: 4000 },
  run: ({ params }) =>
    Effect.gen(function* () {
      yield* useTensorFlow;
      return yield* loadCocoFolder(params);
    }),
});
