import * as Effect from "effect/Effect";
import * as Schema from "effect/Schema";
import { many } from "../../lib/dag/kind.ts";
import { task } from "../../lib/dag/task.ts";
import { Figure } from "../../lib/kinds/figure.ts";
import { Metrics } from "../../lib/kinds/metrics.ts";
import { takePen } from "../../lib/report/figure.ts";
import { landscapeFigure } from "../../lib/report/figure_landscape.ts";

const Landscapes = Schema.Array(Schema.Struct({
  points: Schema.Struct({
    verdict: Schema.Array(Schema.String),
    value: Schema.Array(Schema.Finite),
    largestCurvature: Schema.Array(Schema.Finite),
  }),
}));

/** Draws the critical points that were found from random starts. */
export const drawRateLandscape = task({
  name: "draw-rate-landscape",
  about: "Draws critical points by F and curvature.",
  params: Schema.Struct({}),
  inputs: { landscapes: many(Metrics) },
  output: Figure,
  light: true,
  run: ({ inputs }) =>
    Effect.gen(function* () {
      const landscapes = yield* Schema.decodeUnknownEffect(Landscapes)(inputs.landscapes);
      return landscapeFigure(
        yield* Effect.promise(takePen),
        landscapes.flatMap(({ points: { verdict, value, largestCurvature } }) =>
          verdict.map((one, index) => ({
            verdict: one,
            value: value[index]!,
            largestCurvature: largestCurvature[index]!,
          }))
        ),
      );
    }),
});
