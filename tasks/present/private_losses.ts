import * as Effect from "effect/Effect";
import * as Schema from "effect/Schema";
import { many } from "../../lib/dag/kind.ts";
import { task } from "../../lib/dag/task.ts";
import { Checkpoint } from "../../lib/kinds/checkpoint.ts";
import { Figure } from "../../lib/kinds/figure.ts";
import { takePen } from "../../lib/report/figure.ts";
import { privateLossesFigure } from "../../lib/report/figure_private_losses.ts";

/** Draws the losses of captioners under noise, one checkpoint for each seed. */
export const drawPrivateLosses = task({
  name: "draw-private-losses",
  about: "Draws the losses of captioners under noise.",
  params: Schema.Struct({}),
  inputs: {
    infinite: many(Checkpoint),
    two: many(Checkpoint),
    eight: many(Checkpoint),
    quarter: many(Checkpoint),
    tenfold: many(Checkpoint),
  },
  output: Figure,
  light: true,
  run: ({ inputs: { infinite, two, eight, quarter, tenfold } }) =>
    Effect.gen(function* () {
      const curve = (name: string, colour: string, models: readonly Checkpoint[], imitates = false) => ({
        name,
        colour,
        imitates,
        losses: models.map(({ tensors }) => Array.from(tensors.loss!.data as Float32Array)),
      });
      const own = curve("ε = 8", "#1f86d1", eight);
      return privateLossesFigure(yield* Effect.promise(takePen), [
        curve("ε = 2", "#d9650f", two),
        own,
        curve("10 × the batch", "#1f86d1", tenfold, true),
        curve("ε = ∞", "#3d9a50", infinite),
      ], [own, curve("a quarter of both", "#8a5fc4", quarter, true)]);
    }),
});
