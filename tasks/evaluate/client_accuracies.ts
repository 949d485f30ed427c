import * as Effect from "effect/Effect";
import * as Schema from "effect/Schema";
import { many } from "../../lib/dag/kind.ts";
import { task } from "../../lib/dag/task.ts";
import type { FederationError } from "../../lib/federated/errors.ts";
import { examplesOf } from "../../lib/federated/examples.ts";
import { measureFairness } from "../../lib/federated/fairness.ts";
import { trajectoryOf } from "../../lib/federated/run.ts";
import { Checkpoint } from "../../lib/kinds/checkpoint.ts";
import { Dataset } from "../../lib/kinds/dataset.ts";
import { Metrics } from "../../lib/kinds/metrics.ts";

/** Measures the accuracy of a federation's model on each client's test data, on average and of the worst 20 % of clients. */
export const clientAccuracies = task({
  name: "client-accuracies",
  about: "Measures a federation's accuracy on each client's test data.",
  params: Schema.Struct({}),
  inputs: { run: Checkpoint, clients: many(Dataset) },
  output: Metrics,
  resources: { cores: 1, memory: 300 },
  run: ({ inputs: { run, clients } }) =>
    Effect.try({
      try: () => measureFairness(trajectoryOf(run), clients.map(examplesOf)),
      catch: (error) => error as FederationError,
    }),
});
