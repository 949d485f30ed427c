import * as Effect from "effect/Effect";
import * as Schema from "effect/Schema";
import type { Json } from "../../lib/dag/canonical.ts";
import { task } from "../../lib/dag/task.ts";
import { Metrics } from "../../lib/kinds/metrics.ts";
import { checkRanks } from "../../lib/mcr2/optima.ts";
import { problemFields, problemFilter, problemIn, refusal } from "../../lib/mcr2/params.ts";
import { maximumOfRanks } from "../../lib/mcr2/second_order.ts";

/**
 * Builds the local maximum of given ranks by theorem 1 (i), with directions drawn by the seed, and measures gradient and
 * Hessian there.
 */
export const rateMaximum = task({
  name: "rate-maximum",
  about: "Measures gradient and Hessian at a local maximum of given ranks.",
  params: Schema.Struct({ ...problemFields, ranks: Schema.Array(Schema.Int), seed: Schema.Int }).check(
    problemFilter(),
    Schema.makeFilter((params) => refusal(() => checkRanks(problemIn(params), params.ranks))),
  ),
  inputs: {},
  output: Metrics,
  resources: { cores: 1, memory: 400 },
  run: ({ params }) =>
    Effect.sync(() =>
      maximumOfRanks(problemIn(params), params.ranks, params.seed) as unknown as Readonly<
        Record<string, Json>
      >
    ),
});
