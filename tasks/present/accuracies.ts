import * as Effect from "effect/Effect";
import * as Schema from "effect/Schema";
import { task } from "../../lib/dag/task.ts";
import { Figure } from "../../lib/kinds/figure.ts";
import { rowsOf, Table } from "../../lib/kinds/table.ts";
import { takePen } from "../../lib/report/figure.ts";
import { Accuracy, accuracyFigure, MeanAccuracy } from "../../lib/report/figure_accuracy.ts";
import { summarise } from "../../lib/stats/summary.ts";

/** Draws the accuracies of ToST and its softmax twin under several conditions, from a table with a row for each. */
export const drawAccuracies = task({
  name: "draw-accuracies",
  about: "Draws the accuracies of ToST and its softmax twin.",
  params: Schema.Struct({}),
  inputs: { accuracies: Table },
  output: Figure,
  light: true,
  run: ({ inputs: { accuracies } }) =>
    Effect.gen(function* () {
      const means = yield* Effect.tryPromise({
        try: () => summarise(accuracies, ["condition", "network"], "accuracy"),
        catch: (error) => error,
      });
      return accuracyFigure(
        yield* Effect.promise(takePen),
        yield* Schema.decodeUnknownEffect(Schema.Array(Accuracy))(rowsOf(accuracies)),
        yield* Schema.decodeUnknownEffect(Schema.Array(MeanAccuracy))(rowsOf(means)),
      );
    }),
});
