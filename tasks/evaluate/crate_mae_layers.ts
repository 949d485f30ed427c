import * as Effect from "effect/Effect";
import * as Schema from "effect/Schema";
import { task } from "../../lib/dag/task.ts";
import { measureMaeLayers } from "../../lib/evaluate/mae_layers.ts";
import { Checkpoint } from "../../lib/kinds/checkpoint.ts";
import { Dataset } from "../../lib/kinds/dataset.ts";
import { Metrics } from "../../lib/kinds/metrics.ts";
import { Count } from "../../lib/nn/config.ts";
import { crateMae } from "../../lib/nn/crate_mae.ts";
import { useTensorFlow } from "../../lib/tensor/native.ts";

/** Measures coding rates of CRATE-MAE layer by layer, and how alike layers of encoder and decoder are, on the first `count` images. */
export const crateMaeLayers = task({
  name: "crate-mae-layers",
  about: "Measures the layers of encoder and decoder of CRATE-MAE.",
  params: Schema.Struct({ count: Count }),
  inputs: { model: Checkpoint, data: Dataset },
  output: Metrics,
  uses: ["tensorflow"],
  resources: { cores: 1, memory: 700 },
  run: ({ params, inputs }) =>
    Effect.gen(function* () {
      yield* useTensorFlow;
      return yield* measureMaeLayers(crateMae, inputs.model, inputs.data, params.count);
    }),
});
