import * as Effect from "effect/Effect";
import * as Schema from "effect/Schema";
import { numberAt } from "../../lib/claim/measure.ts";
import { many } from "../../lib/dag/kind.ts";
import { task } from "../../lib/dag/task.ts";
import { Figure } from "../../lib/kinds/figure.ts";
import { Metrics } from "../../lib/kinds/metrics.ts";
import { Count } from "../../lib/nn/config.ts";
import { type EmergenceNetwork, emergenceNetworks } from "../../lib/report/emergence_networks.ts";
import { takePen } from "../../lib/report/figure.ts";
import { segmentationScoresFigure } from "../../lib/report/figure_segmentation_scores.ts";

/** Draws IoU and average precision by network; measurements come network by network, one a seed. */
export const drawSegmentationScores = task({
  name: "draw-segmentation-scores",
  about: "Draws how well each network shows where the object is.",
  params: Schema.Struct({
    networks: Schema.Array(Schema.Literals(Object.keys(emergenceNetworks) as EmergenceNetwork[])),
    seeds: Count,
  }),
  inputs: { segmentation: many(Metrics), detection: many(Metrics), accuracy: many(Metrics) },
  output: Figure,
  light: true,
  run: ({ params: { networks, seeds }, inputs: { segmentation, detection, accuracy } }) =>
    Effect.gen(function* () {
      const percent = (measured: readonly Metrics[], place: number, path: string, scale = 100) =>
        measured.slice(place * seeds, (place + 1) * seeds).map((one) => scale * numberAt(one, path));
      const baseline = (path: string) =>
        segmentation.reduce((sum, one) => sum + 100 * numberAt(one, path), 0) / segmentation.length;
      return segmentationScoresFigure(
        yield* Effect.promise(takePen),
        networks.map((network, place) => ({
          network,
          iou: percent(segmentation, place, "penultimate.entries"),
          ap50: percent(detection, place, "box.ap50", 1),
          accuracy: percent(accuracy, place, "accuracy"),
        })),
        { chance: baseline("random.entries"), centre: baseline("centre.entries") },
      );
    }),
});
