import * as Effect from "effect/Effect";
import * as Schema from "effect/Schema";
import { many } from "../../lib/dag/kind.ts";
import { task } from "../../lib/dag/task.ts";
import { measureApproach } from "../../lib/federated/approach_metrics.ts";
import { Checkpoint } from "../../lib/kinds/checkpoint.ts";
import { Metrics } from "../../lib/kinds/metrics.ts";

const Optimum = Schema.Struct({
  model: Schema.Array(Schema.Finite),
  average: Schema.Struct({ model: Schema.Array(Schema.Finite) }),
  gap: Schema.Finite,
});

/** Measures how near a federation comes to the robust optimum; of several settings, the one that ends nearest counts. */
export const distanceToOptimum = task({
  name: "distance-to-optimum",
  about: "Measures how near a federation comes to the robust optimum.",
  params: Schema.Struct({}),
  inputs: { runs: many(Checkpoint), optimum: Metrics },
  output: Metrics,
  light: true,
  run: ({ inputs: { runs, optimum } }) =>
    Effect.map(
      Schema.decodeUnknownEffect(Optimum)(optimum),
      ({ model, average, gap }) =>
        measureApproach(runs, {
          robust: Float64Array.from(model),
          average: Float64Array.from(average.model),
          gap,
        }),
    ),
});
