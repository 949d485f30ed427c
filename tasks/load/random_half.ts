/**
 * Takes a random half of a dataset.
 *
 * @module
 */
import * as Effect from "effect/Effect";
import * as Schema from "effect/Schema";
import { randomHalf as isInside } from "../../lib/attack/likelihood_ratio.ts";
import { task } from "../../lib/dag/task.ts";
import { keepRows } from "../../lib/data/keep_rows.ts";
import { Dataset } from "../../lib/kinds/dataset.ts";

/** Takes each example by a coin of its own: what a shadow model is trained on. */
export const randomHalf = task({
  name: "random-half",
  about: "Takes each example by a coin of its own.",
  params: Schema.Struct({ half: Schema.Int, seed: Schema.Int }),
  inputs: { pool: Dataset },
  output: Dataset,
  run: ({ params: { half, seed }, inputs: { pool } }) =>
    Effect.sync(() => {
      const inside = isInside(Object.values(pool.tensors)[0]!.shape[0]!, half, seed);
      return keepRows(pool, Int32Array.from(inside.keys()).filter((row) => inside[row]));
    }),
});
