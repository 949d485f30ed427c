import * as Effect from "effect/Effect";
import { task } from "../../lib/dag/task.ts";
import { drawSyntheticClient, SyntheticClient } from "../../lib/federated/synthetic.ts";
import { Dataset } from "../../lib/kinds/dataset.ts";

/** Draws one client of a synthetic federation: `features` float64 `[n, d]`, `targets` float64 `[n]`. */
export const syntheticClient = task({
  name: "synthetic-client",
  about: "Draws one client of a synthetic federation.",
  params: SyntheticClient,
  inputs: {},
  output: Dataset,
  light: true,
  run: ({ params }) => Effect.sync(() => drawSyntheticClient(params)),
});
