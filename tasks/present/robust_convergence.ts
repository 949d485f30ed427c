import * as Effect from "effect/Effect";
import * as Schema from "effect/Schema";
import { many } from "../../lib/dag/kind.ts";
import { task } from "../../lib/dag/task.ts";
import { Figure } from "../../lib/kinds/figure.ts";
import { Metrics } from "../../lib/kinds/metrics.ts";
import { takePen } from "../../lib/report/figure.ts";
import { robustConvergenceFigure } from "../../lib/report/figure_robust_convergence.ts";

const Approaches = Schema.Array(
  Schema.Struct({ rounds: Schema.Array(Schema.Int), distances: Schema.Array(Schema.Finite) }),
);

/**
 * Draws the distances of federated methods to the robust optimum. The lists hold, for each method in order, as many metrics
 * as there are seeds.
 */
export const drawRobustConvergence = task({
  name: "draw-robust-convergence",
  about: "Draws the distances of federated methods to the robust optimum.",
  params: Schema.Struct({
    methods: Schema.Array(Schema.Struct({ name: Schema.String, ablation: Schema.Boolean }))
      .check(Schema.isMinLength(1)),
  }),
  inputs: { linear: many(Metrics), logistic: many(Metrics) },
  output: Figure,
  light: true,
  run: ({ params: { methods }, inputs }) =>
    Effect.gen(function* () {
      const waysOf = (metrics: readonly Metrics[]) =>
        Effect.map(Schema.decodeUnknownEffect(Approaches)(metrics), (approaches) => {
          const seeds = approaches.length / methods.length;
          return methods.map(({ name, ablation }, at) => {
            const own = approaches.slice(at * seeds, (at + 1) * seeds);
            return {
              name,
              ablation,
              rounds: own[0]!.rounds,
              distances: own.map(({ distances }) => distances),
            };
          });
        });
      return robustConvergenceFigure(yield* Effect.promise(takePen), [
        { name: "Linear regressions", ways: yield* waysOf(inputs.linear) },
        { name: "Logistic regressions", ways: yield* waysOf(inputs.logistic) },
      ]);
    }),
});
