import * as Effect from "effect/Effect";
import * as Schema from "effect/Schema";
import { task } from "../../lib/dag/task.ts";
import { measureCrateLayers } from "../../lib/evaluate/crate_layers.ts";
import { Checkpoint } from "../../lib/kinds/checkpoint.ts";
import { Dataset } from "../../lib/kinds/dataset.ts";
import { Metrics } from "../../lib/kinds/metrics.ts";
import { crate } from "../../lib/nn/crate.ts";
import { useTensorFlow } from "../../lib/tensor/native.ts";

/** Measures compression, sparsity and coherence of every layer of CRATE on the first `count` images. */
export const crateLayers = task({
  name: "crate-layers",
  about: "Measures compression, sparsity and coherence of every layer of CRATE.",
  params: Schema.Struct({ count: Schema.Int.check(Schema.isGreaterThan(0)) }),
  inputs: { model: Checkpoint, data: Dataset },
  output: Metrics,
  uses: ["tensorflow"],
  resources: { cores: 1, memory: 700 },
  run: ({ params: { count }, inputs: { model, data } }) =>
    Effect.gen(function* () {
      yield* useTensorFlow;
      return yield* measureCrateLayers(crate, model, data, count);
    }),
});
