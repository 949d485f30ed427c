import * as Effect from "effect/Effect";
import * as Schema from "effect/Schema";
import type { Json } from "../../lib/dag/canonical.ts";
import { many } from "../../lib/dag/kind.ts";
import { task } from "../../lib/dag/task.ts";
import { Share } from "../../lib/data/ranges.ts";
import { Metrics } from "../../lib/kinds/metrics.ts";
import { lineThrough, Runs } from "../../lib/shift/line_through.ts";

/**
 * Fits the line through the accuracies of many models, ID against OOD in probits: slope, r, r² and the r of the
 * accuracies themselves, with bootstrap intervals over runs.
 */
export const accuracyLine = task({
  name: "accuracy-line",
  about: "Fits the line through the accuracies of many models, in probits.",
  params: Schema.Struct({
    /** Whether the line goes through each model, or through the means over runs of models of one kind. */
    through: Schema.Literals(["models", "means"]),
    /** Models that fit less than this share of their training labels are left out. */
    fitted: Share,
    /** Bootstrap resamples, and their seed. */
    resamples: Schema.Int.check(Schema.isBetween({ minimum: 1, maximum: 100_000 })),
    seed: Schema.Int,
  }),
  inputs: { runs: many(Metrics) },
  output: Metrics,
  light: true,
  run: ({ params, inputs: { runs } }) =>
    Effect.gen(function* () {
      const decoded = yield* Schema.decodeUnknownEffect(Runs)(runs);
      return lineThrough(decoded, params) as unknown as Readonly<Record<string, Json>>;
    }),
});
