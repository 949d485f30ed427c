import * as Effect from "effect/Effect";
import * as Schema from "effect/Schema";
import { numberAt } from "../../lib/claim/measure.ts";
import { many } from "../../lib/dag/kind.ts";
import { task } from "../../lib/dag/task.ts";
import { Figure } from "../../lib/kinds/figure.ts";
import { Metrics } from "../../lib/kinds/metrics.ts";
import { takePen } from "../../lib/report/figure.ts";
import { comparedAccuraciesFigure } from "../../lib/report/figure_compared_accuracies.ts";

/**
 * Draws accuracies of networks row by row. The metrics are those of the first row, one for each seed, then those of the
 * second, and so on.
 */
export const drawComparedAccuracies = task({
  name: "draw-compared-accuracies",
  about: "Draws accuracies of networks, group by group.",
  params: Schema.Struct({
    title: Schema.String,
    /** What a reader must know, after the means. */
    note: Schema.String,
    seeds: Schema.Int.check(Schema.isGreaterThan(0)),
    rows: Schema.Array(Schema.Struct({
      group: Schema.String,
      name: Schema.String,
      colour: Schema.String,
      /** Where the accuracy stands in the row's metrics; `accuracy` where nothing is said. */
      path: Schema.optionalKey(Schema.String),
    })),
  }),
  inputs: { measured: many(Metrics) },
  output: Figure,
  light: true,
  run: ({ params: { title, note, seeds, rows }, inputs: { measured } }) =>
    Effect.gen(function* () {
      const pen = yield* Effect.promise(takePen);
      const data = String(measured[0]?.data);
      return comparedAccuraciesFigure(
        pen,
        title,
        `Measured on ${data}. ${note}`.trim(),
        rows.map((row, index) => ({
          ...row,
          accuracies: measured.slice(index * seeds, (index + 1) * seeds).map((one) =>
            numberAt(one, row.path ?? "accuracy")
          ),
        })),
      );
    }),
});
