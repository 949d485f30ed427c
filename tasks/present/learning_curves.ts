import * as Effect from "effect/Effect";
import * as Schema from "effect/Schema";
import { many } from "../../lib/dag/kind.ts";
import { task } from "../../lib/dag/task.ts";
import { Figure } from "../../lib/kinds/figure.ts";
import { Metrics } from "../../lib/kinds/metrics.ts";
import { takePen } from "../../lib/report/figure.ts";
import { learningCurvesFigure } from "../../lib/report/figure_learning_curves.ts";

const Curves = Schema.Array(Schema.Struct({
  points: Schema.Array(Schema.Struct({ size: Schema.Int, id: Schema.Finite, ood: Schema.Finite })),
}));

/** Draws accuracy with and without a shift against the size of the training set, one metrics for each seed. */
export const drawLearningCurves = task({
  name: "draw-learning-curves",
  about: "Draws accuracy with and without a shift against the number of examples.",
  params: Schema.Struct({}),
  inputs: { clean: many(Metrics), noisy: many(Metrics) },
  output: Figure,
  light: true,
  run: ({ inputs: { clean, noisy } }) =>
    Effect.gen(function* () {
      const decode = Schema.decodeUnknownEffect(Curves);
      return learningCurvesFigure(
        yield* Effect.promise(takePen),
        yield* decode(clean),
        yield* decode(noisy),
      );
    }),
});
