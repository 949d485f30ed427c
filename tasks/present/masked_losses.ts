import * as Effect from "effect/Effect";
import * as Schema from "effect/Schema";
import { numberAt } from "../../lib/claim/measure.ts";
import { many } from "../../lib/dag/kind.ts";
import { task } from "../../lib/dag/task.ts";
import { Figure } from "../../lib/kinds/figure.ts";
import { Metrics } from "../../lib/kinds/metrics.ts";
import { takePen } from "../../lib/report/figure.ts";
import { maskedLossesFigure } from "../../lib/report/figure_masked_losses.ts";

/**
 * Draws how well masked autoencoders complete images, by how much is hidden. The metrics are those of the first network,
 * one for each seed, then those of the next, and so on.
 */
export const drawMaskedLosses = task({
  name: "draw-masked-losses",
  about: "Draws the errors of masked autoencoders by how much is hidden.",
  params: Schema.Struct({
    seeds: Schema.Int.check(Schema.isGreaterThan(0)),
    networks: Schema.Array(Schema.Struct({ name: Schema.String, colour: Schema.String })),
    ratios: Schema.Array(Schema.Finite),
    trainedAt: Schema.Finite,
  }),
  inputs: { measured: many(Metrics) },
  output: Figure,
  light: true,
  run: ({ params: { seeds, networks, ratios, trainedAt }, inputs: { measured } }) =>
    Effect.gen(function* () {
      const curve = (metrics: Metrics, of: string) =>
        ratios.map((ratio) => numberAt(metrics, `${of}.at${Math.round(100 * ratio)}`));
      return maskedLossesFigure(
        yield* Effect.promise(takePen),
        { data: String(measured[0]!.data), trainedAt },
        ratios,
        networks.map((network, index) => ({
          ...network,
          losses: measured.slice(index * seeds, (index + 1) * seeds).map((metrics) => curve(metrics, "loss")),
        })),
        curve(measured[0]!, "mean"),
      );
    }),
});
