import * as Effect from "effect/Effect";
import * as Schema from "effect/Schema";
import { many } from "../../lib/dag/kind.ts";
import { task } from "../../lib/dag/task.ts";
import { Figure } from "../../lib/kinds/figure.ts";
import { Metrics } from "../../lib/kinds/metrics.ts";
import { takePen } from "../../lib/report/figure.ts";
import { probesFigure } from "../../lib/report/figure_probes.ts";

const Probes = Schema.Array(Schema.Struct({
  nearestSubspace: Schema.Finite,
  nearestNeighbours: Schema.Finite,
  linearProbe: Schema.Finite,
}));

/** Draws how well features tell test images apart, by rate reduction and by cross-entropy, one for each seed. */
export const drawFeatureProbes = task({
  name: "draw-feature-probes",
  about: "Draws how well features tell classes apart.",
  params: Schema.Struct({}),
  inputs: { reduction: many(Metrics), crossEntropy: many(Metrics) },
  output: Figure,
  light: true,
  run: ({ inputs }) =>
    Effect.gen(function* () {
      return probesFigure(yield* Effect.promise(takePen), {
        reduction: yield* Schema.decodeUnknownEffect(Probes)(inputs.reduction),
        crossEntropy: yield* Schema.decodeUnknownEffect(Probes)(inputs.crossEntropy),
      });
    }),
});
