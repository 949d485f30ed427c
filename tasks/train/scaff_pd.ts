import * as Schema from "effect/Schema";
import { many } from "../../lib/dag/kind.ts";
import { task } from "../../lib/dag/task.ts";
import { Regulariser } from "../../lib/federated/regulariser.ts";
import { LocalTraining, runFederation, Training } from "../../lib/federated/run.ts";
import { scaffPd } from "../../lib/federated/scaff_pd.ts";
import { Schedule } from "../../lib/federated/schedule.ts";
import { Checkpoint } from "../../lib/kinds/checkpoint.ts";
import { Dataset } from "../../lib/kinds/dataset.ts";

/** Trains a shared model with Scaff-PD. */
export const trainScaffPd = task({
  name: "train-scaff-pd",
  about: "Trains a shared model with Scaff-PD.",
  params: Schema.Struct({
    ...Training.fields,
    regulariser: Regulariser,
    schedule: Schedule,
    localSteps: LocalTraining.localSteps,
    corrected: Schema.Boolean,
  }),
  inputs: { clients: many(Dataset) },
  output: Checkpoint,
  resources: { cores: 1, memory: 300 },
  run: ({ params, inputs: { clients } }) => runFederation(scaffPd(params), params, clients),
});
