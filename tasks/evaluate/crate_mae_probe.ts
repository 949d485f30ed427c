import * as Effect from "effect/Effect";
import * as Schema from "effect/Schema";
import { task } from "../../lib/dag/task.ts";
import { measureRepresentation } from "../../lib/evaluate/representation.ts";
import { Checkpoint } from "../../lib/kinds/checkpoint.ts";
import { Dataset } from "../../lib/kinds/dataset.ts";
import { Metrics } from "../../lib/kinds/metrics.ts";
import { Count } from "../../lib/nn/config.ts";
import { crateMae } from "../../lib/nn/crate_mae.ts";
import { useTensorFlow } from "../../lib/tensor/native.ts";

/** Measures how well the frozen encoder of CRATE-MAE tells classes apart, by linear probes and nearest neighbours. */
export const crateMaeProbe = task({
  name: "crate-mae-probe",
  about: "Classifies images by what the encoder of CRATE-MAE makes of them.",
  params: Schema.Struct({ known: Count, asked: Count }),
  inputs: { model: Checkpoint, known: Dataset, asked: Dataset, noisy: Dataset },
  output: Metrics,
  uses: ["tensorflow"],
  resources: { cores: 1, memory: 700 },
  run: ({ params, inputs }) =>
    Effect.gen(function* () {
      yield* useTensorFlow;
      return yield* measureRepresentation(crateMae, inputs.model, inputs, params);
    }),
});
