import * as Effect from "effect/Effect";
import * as Schema from "effect/Schema";
import { numberAt } from "../../lib/claim/measure.ts";
import { many } from "../../lib/dag/kind.ts";
import { task } from "../../lib/dag/task.ts";
import { Figure } from "../../lib/kinds/figure.ts";
import { Metrics } from "../../lib/kinds/metrics.ts";
import { takePen } from "../../lib/report/figure.ts";
import { accuracyFigure } from "../../lib/report/figure_accuracy.ts";

/**
 * Draws the accuracies of ToST and its softmax twin under several conditions. Each list of metrics holds as many as there
 * are seeds for the first condition, then as many for the second, and so on.
 */
export const drawAccuracies = task({
  name: "draw-accuracies",
  about: "Draws the accuracies of ToST and its softmax twin.",
  params: Schema.Struct({ conditions: Schema.Array(Schema.String).check(Schema.isMinLength(1)) }),
  inputs: { tost: many(Metrics), softmax: many(Metrics) },
  output: Figure,
  light: true,
  run: ({ params: { conditions }, inputs: { tost, softmax } }) =>
    Effect.gen(function* () {
      const seeds = tost.length / conditions.length;
      const accuracies = (metrics: readonly Metrics[], condition: number) =>
        metrics.slice(condition * seeds, (condition + 1) * seeds).map((one) => numberAt(one, "accuracy"));
      return accuracyFigure(
        yield* Effect.promise(takePen),
        String(tost[0]!.data),
        conditions.map((name, index) => ({
          name,
          accuracies: { tost: accuracies(tost, index), softmax: accuracies(softmax, index) },
        })),
      );
    }),
});
