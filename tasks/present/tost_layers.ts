import * as Effect from "effect/Effect";
import * as Schema from "effect/Schema";
import { many } from "../../lib/dag/kind.ts";
import { task } from "../../lib/dag/task.ts";
import { Figure } from "../../lib/kinds/figure.ts";
import { Metrics } from "../../lib/kinds/metrics.ts";
import { takePen } from "../../lib/report/figure.ts";
import { layersFigure } from "../../lib/report/figure_layers.ts";

const Curves = Schema.Array(Schema.Struct({ rate: Schema.Array(Schema.Finite) }));

/** Draws R^var layer by layer, of trained networks and of the same before training, one for each seed. */
export const drawTostLayers = task({
  name: "draw-tost-layers",
  about: "Draws the coding rate of ToST layer by layer.",
  params: Schema.Struct({}),
  inputs: { trained: many(Metrics), untrained: many(Metrics) },
  output: Figure,
  light: true,
  run: ({ inputs }) =>
    Effect.gen(function* () {
      const trained = yield* Schema.decodeUnknownEffect(Curves)(inputs.trained);
      const untrained = yield* Schema.decodeUnknownEffect(Curves)(inputs.untrained);
      return layersFigure(yield* Effect.promise(takePen), {
        trained: trained.map(({ rate }) => rate),
        untrained: untrained.map(({ rate }) => rate),
      });
    }),
});
