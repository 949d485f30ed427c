import * as Schema from "effect/Schema";
import { task } from "../../lib/dag/task.ts";
import { Dataset } from "../../lib/kinds/dataset.ts";
import { drawDemonstrations as draw } from "../../lib/language/icl/demonstrations.ts";

/** Draws the examples that are shown before a question. */
export const drawDemonstrations = task({
  name: "draw-demonstrations",
  about: "Draws the examples that are shown before a question.",
  params: Schema.Struct({
    shots: Schema.Int.check(Schema.isGreaterThanOrEqualTo(0)),
    balanced: Schema.Boolean,
    seed: Schema.Int,
  }),
  inputs: { data: Dataset },
  output: Dataset,
  light: true,
  run: ({ params, inputs: { data } }) => draw(data, params),
});
