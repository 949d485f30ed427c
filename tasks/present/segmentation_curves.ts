import * as Effect from "effect/Effect";
import * as Schema from "effect/Schema";
import { many } from "../../lib/dag/kind.ts";
import { task } from "../../lib/dag/task.ts";
import { Figure } from "../../lib/kinds/figure.ts";
import { Metrics } from "../../lib/kinds/metrics.ts";
import { Count } from "../../lib/nn/config.ts";
import { takePen } from "../../lib/report/figure.ts";
import { segmentationCurvesFigure } from "../../lib/report/figure_segmentation_curves.ts";

const Segmentations = Schema.Array(Schema.Struct({
  entries: Schema.Array(Schema.Finite),
  penultimate: Schema.Struct({ entries: Schema.Finite }),
  random: Schema.Struct({ entries: Schema.Finite }),
  centre: Schema.Struct({ entries: Schema.Finite }),
}));

/**
 * Draws the IoU of the best head by layer, and of CRATE's last layer but one by step of training; a measurement a seed,
 * and of snapshots those of the first stop first.
 */
export const drawSegmentationCurves = task({
  name: "draw-segmentation-curves",
  about: "Draws how attention comes to show the object, by layer and as training goes on.",
  params: Schema.Struct({ snapshots: Schema.Array(Count), steps: Count }),
  inputs: {
    crate: many(Metrics),
    vit: many(Metrics),
    untrainedCrate: many(Metrics),
    untrainedVit: many(Metrics),
    snapshots: many(Metrics),
  },
  output: Figure,
  light: true,
  run: ({ params: { snapshots: stops, steps }, inputs }) =>
    Effect.gen(function* () {
      const read = Schema.decodeUnknownEffect(Segmentations);
      const crate = yield* read(inputs.crate);
      const untrained = yield* read(inputs.untrainedCrate);
      const snapshots = yield* read(inputs.snapshots);
      const layers = (found: typeof crate) => found.map(({ entries }) => entries.map(percent));
      return segmentationCurvesFigure(yield* Effect.promise(takePen), {
        layers: {
          crate: layers(crate),
          vit: layers(yield* read(inputs.vit)),
          untrainedCrate: layers(untrained),
          untrainedVit: layers(yield* read(inputs.untrainedVit)),
        },
        training: {
          steps: [0, ...stops, steps],
          seeds: crate.map((last, seed) =>
            [
              untrained[seed]!,
              ...stops.map((_, stop) => snapshots[stop * crate.length + seed]!),
              last,
            ].map(({ penultimate }) => percent(penultimate.entries))
          ),
        },
        baselines: {
          chance: percent(crate[0]!.random.entries),
          centre: percent(crate[0]!.centre.entries),
        },
      });
    }),
});

function percent(share: number): number {
  return 100 * share;
}
