import * as Effect from "effect/Effect";
import * as Schema from "effect/Schema";
import { task } from "../../lib/dag/task.ts";
import { Dataset } from "../../lib/kinds/dataset.ts";
import { Metrics } from "../../lib/kinds/metrics.ts";
import { featuresIn } from "../../lib/mcr2/features.ts";
import { probe } from "../../lib/mcr2/probes.ts";

/**
 * Classifies features by the nearest subspace, the nearest neighbours and a linear probe, each fitted to others: shares of
 * them that get their label.
 */
export const featureProbes = task({
  name: "feature-probes",
  about: "Measures how well features tell classes apart.",
  params: Schema.Struct({}),
  inputs: { known: Dataset, asked: Dataset },
  output: Metrics,
  resources: { cores: 1, memory: 400 },
  run: ({ inputs }) =>
    Effect.gen(function* () {
      return { ...probe(yield* featuresIn(inputs.known), yield* featuresIn(inputs.asked)) };
    }),
});
