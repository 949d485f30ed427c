/**
 * Draws a linear world.
 *
 * @module
 */
import * as Effect from "effect/Effect";
import { task } from "../../lib/dag/task.ts";
import { Dataset } from "../../lib/kinds/dataset.ts";
import { drawLinearWorld, LinearWorld } from "../../lib/shift/examples.ts";

/** Draws normal features, labelled by the sign of the first: `signal` float64 `[n, d]`, `labels` int32 `[n]`. */
export const linearWorld = task({
  name: "linear-world",
  about: "Draws normal features, labelled by the sign of the first.",
  params: LinearWorld,
  inputs: {},
  output: Dataset,
  light: true,
  run: ({ params }) => Effect.sync(() => drawLinearWorld(params)),
});
