import * as Effect from "effect/Effect";
import * as Schema from "effect/Schema";
import { lookUp } from "../../lib/claim/measure.ts";
import { many } from "../../lib/dag/kind.ts";
import { task } from "../../lib/dag/task.ts";
import { Figure } from "../../lib/kinds/figure.ts";
import { Metrics } from "../../lib/kinds/metrics.ts";
import { takePen } from "../../lib/report/figure.ts";
import { layerPanelsFigure } from "../../lib/report/figure_layer_panels.ts";

const Curve = Schema.Array(Schema.Finite);

/** Draws measures layer by layer, of trained networks and of the same before training, one for each seed. */
export const drawLayerCurves = task({
  name: "draw-layer-curves",
  about: "Draws measures layer by layer, after training and before.",
  params: Schema.Struct({
    title: Schema.String,
    /** What a reader must know, after the sentences that say where each curve goes. */
    note: Schema.String,
    /** The measures: where they stand in the metrics, their name, and the label of their axis. */
    panels: Schema.Array(Schema.Struct({ path: Schema.String, name: Schema.String, axis: Schema.String })),
  }),
  inputs: { trained: many(Metrics), untrained: many(Metrics) },
  output: Figure,
  light: true,
  run: ({ params: { title, note, panels }, inputs }) =>
    Effect.gen(function* () {
      const curves = (metrics: readonly Metrics[], path: string) =>
        Schema.decodeUnknownEffect(Schema.Array(Curve))(metrics.map((one) => lookUp(one, path)));
      const drawn = yield* Effect.forEach(panels, ({ path, name, axis }) =>
        Effect.gen(function* () {
          return {
            ...{ name, axis },
            trained: yield* curves(inputs.trained, path),
            untrained: yield* curves(inputs.untrained, path),
          };
        }));
      return layerPanelsFigure(yield* Effect.promise(takePen), title, note, drawn);
    }),
});
