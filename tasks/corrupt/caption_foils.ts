/**
 * Adds wrong captions to scenes.
 *
 * @module
 */
import * as Schema from "effect/Schema";
import { task } from "../../lib/dag/task.ts";
import { withFoils } from "../../lib/data/foiled.ts";
import { Dataset } from "../../lib/kinds/dataset.ts";

/**
 * Keeps the scenes of several things, and adds captions whose words are right and whose meaning is not: `attribute` and
 * `relation` int32 `[n, T + 1]` and `order` int32 `[n, 4, T + 1]`.
 */
export const captionFoils = task({
  name: "caption-foils",
  about: "Adds captions with exchanged attributes, relations and words.",
  params: Schema.Struct({ seed: Schema.Int }),
  inputs: { data: Dataset },
  output: Dataset,
  light: true,
  run: ({ params: { seed }, inputs: { data } }) => withFoils(data, seed),
});
