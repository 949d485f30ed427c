/**
 * Draws images of nothing.
 *
 * @module
 */
import * as Effect from "effect/Effect";
import * as Schema from "effect/Schema";
import { task } from "../../lib/dag/task.ts";
import { drawProcedural } from "../../lib/data/procedural.ts";
import { Dataset } from "../../lib/kinds/dataset.ts";
import { Count } from "../../lib/nn/config.ts";

/** Draws procedural images: `images` uint8 `[n, side, side, 3]`. */
export const loadProceduralImages = task({
  name: "load-procedural-images",
  about: "Draws images of nothing: compositions of waves.",
  params: Schema.Struct({ count: Count, side: Count, seed: Schema.Int }),
  inputs: {},
  output: Dataset,
  light: true,
  run: ({ params }) => Effect.sync(() => drawProcedural(params)),
});
