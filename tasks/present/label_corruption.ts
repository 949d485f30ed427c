import * as Effect from "effect/Effect";
import * as Schema from "effect/Schema";
import { numberAt } from "../../lib/claim/measure.ts";
import { many } from "../../lib/dag/kind.ts";
import { task } from "../../lib/dag/task.ts";
import { Share } from "../../lib/data/ranges.ts";
import { Figure } from "../../lib/kinds/figure.ts";
import { Metrics } from "../../lib/kinds/metrics.ts";
import { takePen } from "../../lib/report/figure.ts";
import { corruptionFigure } from "../../lib/report/figure_corruption.ts";

/**
 * Draws test accuracy by the share of corrupted labels. Each list of metrics holds as many as there are seeds for the first
 * rate, then as many for the second, and so on.
 */
export const drawLabelCorruption = task({
  name: "draw-label-corruption",
  about: "Draws test accuracy by the share of corrupted training labels.",
  params: Schema.Struct({ rates: Schema.Array(Share).check(Schema.isMinLength(1)) }),
  inputs: { reduction: many(Metrics), crossEntropy: many(Metrics) },
  output: Figure,
  light: true,
  run: ({ params: { rates }, inputs: { reduction, crossEntropy } }) =>
    Effect.gen(function* () {
      const seeds = reduction.length / rates.length;
      const byRate = (metrics: readonly Metrics[]) =>
        rates.map((_, index) =>
          metrics.slice(index * seeds, (index + 1) * seeds).map((one) => numberAt(one, "accuracy"))
        );
      return corruptionFigure(yield* Effect.promise(takePen), String(reduction[0]!.data), rates, [
        { name: "rate reduction", accuracies: byRate(reduction) },
        { name: "cross-entropy", accuracies: byRate(crossEntropy) },
      ]);
    }),
});
