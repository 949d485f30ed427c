import * as Schema from "effect/Schema";
import { many } from "../../lib/dag/kind.ts";
import { task } from "../../lib/dag/task.ts";
import { fedAvg } from "../../lib/federated/fedavg.ts";
import { LocalTraining, runFederation, Training } from "../../lib/federated/run.ts";
import { Checkpoint } from "../../lib/kinds/checkpoint.ts";
import { Dataset } from "../../lib/kinds/dataset.ts";

/** Trains a shared model with FedAvg. */
export const trainFedAvg = task({
  name: "train-fedavg",
  about: "Trains a shared model with FedAvg.",
  params: Schema.Struct({ ...Training.fields, ...LocalTraining }),
  inputs: { clients: many(Dataset) },
  output: Checkpoint,
  resources: { cores: 1, memory: 300 },
  run: ({ params, inputs: { clients } }) => runFederation(fedAvg(params), params, clients),
});
