import * as Effect from "effect/Effect";
import * as Schema from "effect/Schema";
import { task } from "../../lib/dag/task.ts";
import { mapAttention } from "../../lib/evaluate/segmentation/attention_maps.ts";
import { Checkpoint } from "../../lib/kinds/checkpoint.ts";
import { Dataset } from "../../lib/kinds/dataset.ts";
import { Count } from "../../lib/nn/config.ts";
import { crateMhsa } from "../../lib/nn/crate_mhsa.ts";
import { useTensorFlow } from "../../lib/tensor/native.ts";

/** Maps what the class token of CRATE-MHSA attends to in the first `count` images, in every layer and head. */
export const crateMhsaAttention = task({
  name: "crate-mhsa-attention",
  about: "Maps what the class token of CRATE-MHSA attends to.",
  params: Schema.Struct({ count: Count }),
  inputs: { model: Checkpoint, data: Dataset },
  output: Dataset,
  uses: ["tensorflow"],
  resources: { cores: 1, memory: 700 },
  run: ({ params: { count }, inputs: { model, data } }) =>
    Effect.gen(function* () {
      yield* useTensorFlow;
      return yield* mapAttention(crateMhsa, model, data, count);
    }),
});
