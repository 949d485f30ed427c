import * as Effect from "effect/Effect";
import * as Schema from "effect/Schema";
import { many } from "../../lib/dag/kind.ts";
import { task } from "../../lib/dag/task.ts";
import { Figure } from "../../lib/kinds/figure.ts";
import { Metrics } from "../../lib/kinds/metrics.ts";
import { takePen } from "../../lib/report/figure.ts";
import { reliabilityFigure } from "../../lib/report/figure_reliability.ts";
import { JudgedAnswers } from "../../lib/report/in_context.ts";

/** Draws a reliability diagram for each number of demonstrations. */
export const drawReliability = task({
  name: "draw-reliability",
  about: "Draws a reliability diagram for each number of demonstrations.",
  params: Schema.Struct({}),
  inputs: { judged: many(Metrics) },
  output: Figure,
  light: true,
  run: ({ inputs }) =>
    Effect.gen(function* () {
      const judged = yield* Schema.decodeUnknownEffect(Schema.Array(JudgedAnswers))(inputs.judged);
      return reliabilityFigure(yield* Effect.promise(takePen), judged);
    }),
});
