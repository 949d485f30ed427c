import * as Schema from "effect/Schema";
import { many } from "../../lib/dag/kind.ts";
import { task } from "../../lib/dag/task.ts";
import { drfa } from "../../lib/federated/drfa.ts";
import { Regulariser } from "../../lib/federated/regulariser.ts";
import { LocalTraining, runFederation, Training } from "../../lib/federated/run.ts";
import { Checkpoint } from "../../lib/kinds/checkpoint.ts";
import { Dataset } from "../../lib/kinds/dataset.ts";

/** Trains a shared model with DRFA. */
export const trainDrfa = task({
  name: "train-drfa",
  about: "Trains a shared model with DRFA.",
  params: Schema.Struct({
    ...Training.fields,
    ...LocalTraining,
    regulariser: Regulariser,
    dualStep: Schema.Finite.check(Schema.isGreaterThan(0)),
    decay: Schema.Finite.check(Schema.isGreaterThan(0)),
    floor: Schema.Finite.check(Schema.isBetween({ minimum: 0, maximum: 1 })),
  }),
  inputs: { clients: many(Dataset) },
  output: Checkpoint,
  resources: { cores: 1, memory: 300 },
  run: ({ params, inputs: { clients } }) => runFederation(drfa(params), params, clients),
});
