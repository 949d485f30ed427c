import * as Effect from "effect/Effect";
import * as Schema from "effect/Schema";
import { numberAt } from "../../lib/claim/measure.ts";
import { many } from "../../lib/dag/kind.ts";
import { task } from "../../lib/dag/task.ts";
import { Checkpoint } from "../../lib/kinds/checkpoint.ts";
import { Figure } from "../../lib/kinds/figure.ts";
import { Metrics } from "../../lib/kinds/metrics.ts";
import { takePen } from "../../lib/report/figure.ts";
import { lossCurvesFigure } from "../../lib/report/figure_loss_curves.ts";

/**
 * Draws the training losses of networks, panel by panel. The checkpoints are those of the first network of the first
 * panel, one for each seed, then those of the next network, and so on.
 */
export const drawTrainingLosses = task({
  name: "draw-training-losses",
  about: "Draws the training losses of networks, panel by panel.",
  params: Schema.Struct({
    title: Schema.String,
    seeds: Schema.Int.check(Schema.isGreaterThan(0)),
    panels: Schema.Array(Schema.Struct({
      heading: Schema.String,
      networks: Schema.Array(Schema.Struct({ name: Schema.String, colour: Schema.String })),
      /** A number of the reference metrics to compare with, and its name. */
      reference: Schema.optionalKey(Schema.Struct({ path: Schema.String, name: Schema.String })),
      unit: Schema.optionalKey(Schema.String),
    })),
  }),
  inputs: { checkpoints: many(Checkpoint), references: many(Metrics) },
  output: Figure,
  light: true,
  run: ({ params: { title, seeds, panels }, inputs: { checkpoints, references } }) =>
    Effect.gen(function* () {
      const losses = checkpoints.map(({ tensors }) => Array.from(tensors.loss!.data as Float32Array));
      let taken = 0;
      const drawn = panels.map(({ heading, networks, reference, unit }) => ({
        heading,
        curves: networks.map((network) => ({ ...network, losses: losses.slice(taken, taken += seeds) })),
        ...(reference === undefined ? {} : {
          reference: { name: reference.name, loss: numberAt(references[0]!, reference.path) },
        }),
        ...(unit === undefined ? {} : { unit }),
      }));
      return lossCurvesFigure(yield* Effect.promise(takePen), title, drawn);
    }),
});
