import * as Effect from "effect/Effect";
import * as Schema from "effect/Schema";
import { many } from "../../lib/dag/kind.ts";
import { task } from "../../lib/dag/task.ts";
import { Figure } from "../../lib/kinds/figure.ts";
import { Metrics } from "../../lib/kinds/metrics.ts";
import { takePen } from "../../lib/report/figure.ts";
import { ToyErrors, toyLearnerFigure } from "../../lib/report/figure_toy_learner.ts";

/** Draws the calibration of a toy learner beside an ideal one's, prompt by prompt and over all prompts. */
export const drawToyLearner = task({
  name: "draw-toy-learner",
  about: "Draws the calibration of a toy learner beside an ideal one's.",
  params: Schema.Struct({}),
  inputs: { prompts: many(Metrics), single: many(Metrics) },
  output: Figure,
  light: true,
  run: ({ inputs: { prompts, single } }) =>
    Effect.gen(function* () {
      const decode = Schema.decodeUnknownEffect(Schema.Array(ToyErrors));
      return toyLearnerFigure(yield* Effect.promise(takePen), yield* decode(prompts), yield* decode(single));
    }),
});
