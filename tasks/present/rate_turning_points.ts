import * as Effect from "effect/Effect";
import * as Schema from "effect/Schema";
import { task } from "../../lib/dag/task.ts";
import { Figure } from "../../lib/kinds/figure.ts";
import { Metrics } from "../../lib/kinds/metrics.ts";
import { takePen } from "../../lib/report/figure.ts";
import { turningFigure } from "../../lib/report/figure_turning.ts";

const Numbers = Schema.Array(Schema.Finite);
const Turning = Schema.Struct({
  classes: Numbers,
  turns: Numbers,
  shares: Numbers,
  curves: Schema.Array(Numbers),
});

/** Draws the value of a direction over λ, and where it reaches zero. */
export const drawRateTurningPoints = task({
  name: "draw-rate-turning-points",
  about: "Draws up to which λ the full-rank point is better than nothing.",
  params: Schema.Struct({}),
  inputs: { turning: Metrics },
  output: Figure,
  light: true,
  run: ({ inputs }) =>
    Effect.gen(function* () {
      const turning = yield* Schema.decodeUnknownEffect(Turning)(inputs.turning);
      return turningFigure(yield* Effect.promise(takePen), turning);
    }),
});
