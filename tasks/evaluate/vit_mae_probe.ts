import * as Effect from "effect/Effect";
import * as Schema from "effect/Schema";
import { task } from "../../lib/dag/task.ts";
import { measureRepresentation } from "../../lib/evaluate/representation.ts";
import { Checkpoint } from "../../lib/kinds/checkpoint.ts";
import { Dataset } from "../../lib/kinds/dataset.ts";
import { Metrics } from "../../lib/kinds/metrics.ts";
import { Count } from "../../lib/nn/config.ts";
import { vitMae } from "../../lib/nn/vit_mae.ts";
import { useTensorFlow } from "../../lib/tensor/native.ts";

/** Measures how well the frozen encoder of ViT-MAE tells classes apart, by linear probes and nearest neighbours. */
export const vitMaeProbe = task({
  name: "vit-mae-probe",
  about: "Classifies images by what the encoder of ViT-MAE makes of them.",
  params: Schema.Struct({ known: Count, asked: Count }),
  inputs: { model: Checkpoint, known: Dataset, asked: Dataset, noisy: Dataset },
  output: Metrics,
  uses: ["tensorflow"],
  resources: { cores: 1, memory: 700 },
  run: ({ params, inputs }) =>
    Effect.gen(function* () {
      yield* useTensorFlow;
      return yield* measureRepresentation(vitMae, inputs.model, inputs, params);
    }),
});
