/**
 * Composes scenes of shapes.
 *
 * @module
 */
import * as Effect from "effect/Effect";
import { task } from "../../lib/dag/task.ts";
import { backgroundsOf, composeScenes, SceneParams } from "../../lib/data/scenes.ts";
import { drawShapes } from "../../lib/data/shapes.ts";
import { Dataset } from "../../lib/kinds/dataset.ts";

/**
 * Pastes one of eight shapes, in any colour, on each background: `images` uint8 `[n, side, side, 3]`, `labels` int32
 * `[n]`, and exact `masks` uint8 `[n, side, side]`.
 */
export const shapeScenes = task({
  name: "shape-scenes",
  about: "Pastes a shape on each background, with its exact mask.",
  params: SceneParams,
  inputs: { backgrounds: Dataset },
  output: Dataset,
  run: ({ params, inputs: { backgrounds } }) =>
    Effect.map(
      backgroundsOf(backgrounds, params),
      (below) => composeScenes(drawShapes(params), below, params, `shapes on ${backgrounds.about.name}`),
    ),
});
