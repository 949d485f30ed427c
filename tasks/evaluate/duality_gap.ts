import * as Effect from "effect/Effect";
import * as Schema from "effect/Schema";
import { many } from "../../lib/dag/kind.ts";
import { task } from "../../lib/dag/task.ts";
import type { FederationError } from "../../lib/federated/errors.ts";
import { Objective } from "../../lib/federated/objective.ts";
import { Regulariser } from "../../lib/federated/regulariser.ts";
import { measureDualityGap } from "../../lib/federated/robust_metrics.ts";
import { Checkpoint } from "../../lib/kinds/checkpoint.ts";
import { Dataset } from "../../lib/kinds/dataset.ts";
import { Metrics } from "../../lib/kinds/metrics.ts";

/** Measures how near a federation ended to a solution, whatever its regulariser. */
export const dualityGap = task({
  name: "duality-gap",
  about: "Measures how near a federation ended to a solution, whatever its regulariser.",
  params: Schema.Struct({ objective: Objective, regulariser: Regulariser }),
  inputs: { run: Checkpoint, clients: many(Dataset) },
  output: Metrics,
  light: true,
  run: ({ params: { objective, regulariser }, inputs: { run, clients } }) =>
    Effect.try({
      try: () => measureDualityGap(objective, regulariser, run, clients),
      catch: (error) => error as FederationError,
    }),
});
