import * as Effect from "effect/Effect";
import * as Schema from "effect/Schema";
import { task } from "../../lib/dag/task.ts";
import { Scaling } from "../../lib/evaluate/scaling.ts";
import { Figure } from "../../lib/kinds/figure.ts";
import { Metrics } from "../../lib/kinds/metrics.ts";
import { takePen } from "../../lib/report/figure.ts";
import { scalingFigure } from "../../lib/report/figure_scaling.ts";

/** Draws time and memory of attention against the number of tokens. */
export const drawAttentionScaling = task({
  name: "draw-attention-scaling",
  about: "Draws time and memory of attention against the number of tokens.",
  params: Schema.Struct({}),
  inputs: { scaling: Metrics },
  output: Figure,
  light: true,
  run: ({ inputs }) =>
    Effect.gen(function* () {
      const scaling = yield* Schema.decodeUnknownEffect(Scaling)(inputs.scaling);
      return scalingFigure(yield* Effect.promise(takePen), scaling);
    }),
});
