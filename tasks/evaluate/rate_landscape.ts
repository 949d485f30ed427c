import * as Effect from "effect/Effect";
import * as Schema from "effect/Schema";
import { Running } from "../../lib/dag/running.ts";
import { task } from "../../lib/dag/task.ts";
import { Metrics } from "../../lib/kinds/metrics.ts";
import { findCritical, type Found } from "../../lib/mcr2/landscape.ts";
import { problemFields, problemFilter, problemIn } from "../../lib/mcr2/params.ts";

/**
 * Looks for critical points from random starts and tells what each is: how many are a `maximum`, a `saddle`, a
 * `counterexample` to the theorems, or `unconverged`; and of each F, the largest curvature and the rank.
 */
export const rateLandscape = task({
  name: "rate-landscape",
  about: "Finds critical points from random starts, and tells maxima from saddles.",
  params: Schema.Struct({
    ...problemFields,
    /** How many starts. */
    starts: Schema.Int.check(Schema.isGreaterThan(0)),
    /** The seed of the first start. */
    seed: Schema.Int,
  }).check(problemFilter()),
  inputs: {},
  output: Metrics,
  resources: { cores: 1, memory: 400 },
  run: ({ params }) =>
    Effect.gen(function* () {
      const { report } = yield* Running;
      const problem = problemIn(params);
      const found: Found[] = [];
      for (let start = 0; start < params.starts; start++) {
        // Each seed of a run has a thousand times a thousand starts to itself.
        found.push(findCritical(problem, params.seed * 1_000_000 + start));
        report({ step: start + 1, total: params.starts, unit: "starts" });
        yield* Effect.yieldNow;
      }
      const count = (verdict: Found["verdict"]) => found.filter((one) => one.verdict === verdict).length;
      return {
        maximum: count("maximum"),
        saddle: count("saddle"),
        counterexample: count("counterexample"),
        unconverged: count("unconverged"),
        starts: params.starts,
        points: {
          verdict: found.map(({ verdict }) => verdict),
          value: found.map(({ value }) => value),
          largestCurvature: found.map(({ largestCurvature }) => largestCurvature),
          rank: found.map(({ rank }) => rank),
        },
      };
    }),
});
