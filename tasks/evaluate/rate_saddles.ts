import * as Effect from "effect/Effect";
import * as Schema from "effect/Schema";
import type { Json } from "../../lib/dag/canonical.ts";
import { task } from "../../lib/dag/task.ts";
import { Metrics } from "../../lib/kinds/metrics.ts";
import { problemFields, problemFilter, problemIn } from "../../lib/mcr2/params.ts";
import { barrierOfRanks, sharedSaddle } from "../../lib/mcr2/second_order.ts";

/**
 * Builds two critical points that are no local maxima, and measures gradient and Hessian there: `barrier`, where a class is
 * at √x⁻, and `shared`, where two classes of one size share a direction.
 */
export const rateSaddles = task({
  name: "rate-saddles",
  about: "Measures gradient and Hessian at two kinds of saddle.",
  params: Schema.Struct({ ...problemFields, seed: Schema.Int }).check(problemFilter()),
  inputs: {},
  output: Metrics,
  resources: { cores: 1, memory: 400 },
  run: ({ params }) =>
    Effect.try({
      try: () => {
        const problem = problemIn(params);
        const ones = problem.counts.map((_, index) => index < problem.dimension ? 1 : 0);
        return {
          barrier: barrierOfRanks(problem, ones, params.seed),
          shared: sharedSaddle(problem, params.seed),
        } as unknown as Readonly<Record<string, Json>>;
      },
      catch: (error) => error,
    }),
});
