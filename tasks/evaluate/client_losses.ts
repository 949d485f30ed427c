import * as Effect from "effect/Effect";
import { many } from "../../lib/dag/kind.ts";
import { task } from "../../lib/dag/task.ts";
import type { FederationError } from "../../lib/federated/errors.ts";
import { Objective, problemOf } from "../../lib/federated/objective.ts";
import { lossesAt } from "../../lib/federated/problem.ts";
import { trajectoryOf } from "../../lib/federated/run.ts";
import { Checkpoint } from "../../lib/kinds/checkpoint.ts";
import { Dataset } from "../../lib/kinds/dataset.ts";
import { Metrics } from "../../lib/kinds/metrics.ts";
import * as Schema from "effect/Schema";

/** Measures the loss of every client at the end of a federation: `losses`, and the greatest of them, `worst`. */
export const clientLosses = task({
  name: "client-losses",
  about: "Measures the loss of every client at the end of a federation.",
  params: Schema.Struct({ objective: Objective }),
  inputs: { run: Checkpoint, clients: many(Dataset) },
  output: Metrics,
  light: true,
  run: ({ params: { objective }, inputs: { run, clients } }) =>
    Effect.try({
      try: () => {
        const losses = [...lossesAt(problemOf(objective, clients), trajectoryOf(run).moments.at(-1)!.model)];
        return { method: String(run.about.method), losses, worst: Math.max(...losses) };
      },
      catch: (error) => error as FederationError,
    }),
});
