import * as Effect from "effect/Effect";
import * as Schema from "effect/Schema";
import { many } from "../../lib/dag/kind.ts";
import { task } from "../../lib/dag/task.ts";
import { Figure } from "../../lib/kinds/figure.ts";
import { Metrics } from "../../lib/kinds/metrics.ts";
import { takePen } from "../../lib/report/figure.ts";
import { Recalibrated, recalibrationFigure } from "../../lib/report/figure_recalibration.ts";
import { JudgedAnswers } from "../../lib/report/in_context.ts";

/** Draws the calibration error before and after recalibration, fitted in three ways. All lists are in one order. */
export const drawRecalibration = task({
  name: "draw-recalibration",
  about: "Draws the calibration error before and after recalibration.",
  params: Schema.Struct({}),
  inputs: { judged: many(Metrics), zero: many(Metrics), shots: many(Metrics), prompt: many(Metrics) },
  output: Figure,
  light: true,
  run: ({ inputs }) =>
    Effect.gen(function* () {
      const recalibrated = Schema.decodeUnknownEffect(Schema.Array(Recalibrated));
      return recalibrationFigure(
        yield* Effect.promise(takePen),
        yield* Schema.decodeUnknownEffect(Schema.Array(JudgedAnswers))(inputs.judged),
        {
          zero: yield* recalibrated(inputs.zero),
          shots: yield* recalibrated(inputs.shots),
          prompt: yield* recalibrated(inputs.prompt),
        },
      );
    }),
});
