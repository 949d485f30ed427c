import * as Effect from "effect/Effect";
import * as Schema from "effect/Schema";
import { numberAt } from "../../lib/claim/measure.ts";
import { many } from "../../lib/dag/kind.ts";
import { task } from "../../lib/dag/task.ts";
import { Figure } from "../../lib/kinds/figure.ts";
import { Metrics } from "../../lib/kinds/metrics.ts";
import { takePen } from "../../lib/report/figure.ts";
import { accuracyBySizeFigure } from "../../lib/report/figure_accuracy_by_size.ts";

/**
 * Draws accuracy against the number of parameters. The metrics are those of the first network, one for each seed, then
 * those of the second, and so on.
 */
export const drawAccuracyBySize = task({
  name: "draw-accuracy-by-size",
  about: "Draws accuracy against the number of parameters.",
  params: Schema.Struct({
    seeds: Schema.Int.check(Schema.isGreaterThan(0)),
    networks: Schema.Array(
      Schema.Struct({ name: Schema.String, colour: Schema.String, parameters: Schema.Int }),
    ),
  }),
  inputs: { measured: many(Metrics) },
  output: Figure,
  light: true,
  run: ({ params: { seeds, networks }, inputs: { measured } }) =>
    Effect.gen(function* () {
      const pen = yield* Effect.promise(takePen);
      return accuracyBySizeFigure(
        pen,
        String(measured[0]?.data),
        networks.map((network, index) => ({
          ...network,
          accuracies: measured.slice(index * seeds, (index + 1) * seeds).map((one) =>
            numberAt(one, "accuracy")
          ),
        })),
      );
    }),
});
