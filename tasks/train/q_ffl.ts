import * as Schema from "effect/Schema";
import { many } from "../../lib/dag/kind.ts";
import { task } from "../../lib/dag/task.ts";
import { qFfl } from "../../lib/federated/q_ffl.ts";
import { LocalTraining, runFederation, Training } from "../../lib/federated/run.ts";
import { Checkpoint } from "../../lib/kinds/checkpoint.ts";
import { Dataset } from "../../lib/kinds/dataset.ts";

/** Trains a shared model with q-FFL. */
export const trainQFfl = task({
  name: "train-q-ffl",
  about: "Trains a shared model with q-FFL.",
  params: Schema.Struct({
    ...Training.fields,
    ...LocalTraining,
    q: Schema.Finite.check(Schema.isGreaterThanOrEqualTo(0)),
  }),
  inputs: { clients: many(Dataset) },
  output: Checkpoint,
  resources: { cores: 1, memory: 300 },
  run: ({ params, inputs: { clients } }) => runFederation(qFfl(params), params, clients),
});
