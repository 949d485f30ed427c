import * as Effect from "effect/Effect";
import * as Schema from "effect/Schema";
import { many } from "../../lib/dag/kind.ts";
import { task } from "../../lib/dag/task.ts";
import { Figure } from "../../lib/kinds/figure.ts";
import { Metrics } from "../../lib/kinds/metrics.ts";
import { takePen } from "../../lib/report/figure.ts";
import { mapStabilityFigure } from "../../lib/report/figure_map_stability.ts";

const Stabilities = Schema.Array(Schema.Struct({
  levels: Schema.Array(Schema.Struct({ sigma: Schema.Finite, share: Schema.Finite, iou: Schema.Finite })),
  byChance: Schema.Finite,
}));

/** Draws how far the maps of CRATE and of ViT stay where they are under noise, one measurement a seed. */
export const drawMapStability = task({
  name: "draw-map-stability",
  about: "Draws how far attention maps stay where they are under noise.",
  params: Schema.Struct({}),
  inputs: { crate: many(Metrics), vit: many(Metrics) },
  output: Figure,
  light: true,
  run: ({ inputs }) =>
    Effect.gen(function* () {
      const read = Schema.decodeUnknownEffect(Stabilities);
      return mapStabilityFigure(yield* Effect.promise(takePen), {
        CRATE: yield* read(inputs.crate),
        ViT: yield* read(inputs.vit),
      });
    }),
});
