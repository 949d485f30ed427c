import * as Schema from "effect/Schema";
import { many } from "../../lib/dag/kind.ts";
import { task } from "../../lib/dag/task.ts";
import { agnostic } from "../../lib/federated/agnostic.ts";
import { Regulariser } from "../../lib/federated/regulariser.ts";
import { LocalTraining, runFederation, Training } from "../../lib/federated/run.ts";
import { Checkpoint } from "../../lib/kinds/checkpoint.ts";
import { Dataset } from "../../lib/kinds/dataset.ts";

/** Trains a shared model with AFL. */
export const trainAgnostic = task({
  name: "train-afl",
  about: "Trains a shared model with AFL.",
  params: Schema.Struct({
    ...Training.fields,
    regulariser: Regulariser,
    step: LocalTraining.step,
    dualStep: Schema.Finite.check(Schema.isGreaterThan(0)),
  }),
  inputs: { clients: many(Dataset) },
  output: Checkpoint,
  resources: { cores: 1, memory: 300 },
  run: ({ params, inputs: { clients } }) => runFederation(agnostic(params), params, clients),
});
