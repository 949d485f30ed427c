import * as Effect from "effect/Effect";
import { many } from "../../lib/dag/kind.ts";
import { task } from "../../lib/dag/task.ts";
import type { FederationError } from "../../lib/federated/errors.ts";
import { measureOptimum, RobustProblem } from "../../lib/federated/robust_metrics.ts";
import { Dataset } from "../../lib/kinds/dataset.ts";
import { Metrics } from "../../lib/kinds/metrics.ts";

/** Solves a robust federated problem where all data are in one place. */
export const robustOptimum = task({
  name: "robust-optimum",
  about: "Solves a robust federated problem with all data in one place.",
  params: RobustProblem,
  inputs: { clients: many(Dataset) },
  output: Metrics,
  light: true,
  run: ({ params, inputs: { clients } }) =>
    Effect.try({
      try: () => measureOptimum(params, clients),
      catch: (error) => error as FederationError,
    }),
});
