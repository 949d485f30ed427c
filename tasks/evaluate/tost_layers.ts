import * as Effect from "effect/Effect";
import * as Schema from "effect/Schema";
import { task } from "../../lib/dag/task.ts";
import { measureLayers } from "../../lib/evaluate/layers.ts";
import { Checkpoint } from "../../lib/kinds/checkpoint.ts";
import { Dataset } from "../../lib/kinds/dataset.ts";
import { Metrics } from "../../lib/kinds/metrics.ts";
import { useTensorFlow } from "../../lib/tensor/native.ts";

/** Measures R^var and the memberships of every layer of ToST on the first `count` images. */
export const tostLayers = task({
  name: "tost-layers",
  about: "Measures the coding rate and the memberships of every layer of ToST.",
  params: Schema.Struct({ count: Schema.Int.check(Schema.isGreaterThan(0)) }),
  inputs: { model: Checkpoint, data: Dataset },
  output: Metrics,
  uses: ["tensorflow"],
  resources: { cores: 1, memory: 700 },
  run: ({ params: { count }, inputs: { model, data } }) =>
    Effect.gen(function* () {
      yield* useTensorFlow;
      return yield* measureLayers(model, data, count);
    }),
});
