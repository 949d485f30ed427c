import * as Effect from "effect/Effect";
import * as Schema from "effect/Schema";
import { task } from "../../lib/dag/task.ts";
import { measureCrateLayers } from "../../lib/evaluate/crate_layers.ts";
import { Checkpoint } from "../../lib/kinds/checkpoint.ts";
import { Dataset } from "../../lib/kinds/dataset.ts";
import { Metrics } from "../../lib/kinds/metrics.ts";
import { vit } from "../../lib/nn/vit.ts";
import { useTensorFlow } from "../../lib/tensor/native.ts";

/** Measures the coding rate of keys and the rank of tokens of every layer of ViT on the first `count` images. */
export const vitLayers = task({
  name: "vit-layers",
  about: "Measures the coding rate of keys and the rank of tokens of every layer of ViT.",
  params: Schema.Struct({ count: Schema.Int.check(Schema.isGreaterThan(0)) }),
  inputs: { model: Checkpoint, data: Dataset },
  output: Metrics,
  uses: ["tensorflow"],
  resources: { cores: 1, memory: 700 },
  run: ({ params: { count }, inputs: { model, data } }) =>
    Effect.gen(function* () {
      yield* useTensorFlow;
      return yield* measureCrateLayers(vit, model, data, count);
    }),
});
