import * as Effect from "effect/Effect";
import * as Schema from "effect/Schema";
import { task } from "../../lib/dag/task.ts";
import { compareCaptioner } from "../../lib/evaluate/ghost_captioner.ts";
import { Dataset } from "../../lib/kinds/dataset.ts";
import { Metrics } from "../../lib/kinds/metrics.ts";
import { CaptionerConfig } from "../../lib/nn/captioner.ts";
import { Count } from "../../lib/nn/config.ts";
import { useTensorFlow } from "../../lib/tensor/native.ts";

/** Compares ghost norms and the clipped sum of a captioner with gradients that are made example by example. */
export const ghostNorms = task({
  name: "ghost-norms",
  about: "Compares ghost norms with gradients made one by one.",
  params: Schema.Struct({ net: CaptionerConfig, count: Count, seed: Schema.Int }),
  inputs: { data: Dataset },
  output: Metrics,
  uses: ["tensorflow"],
  resources: { cores: 1, memory: 700 },
  run: ({ params: { net, count, seed }, inputs: { data } }) =>
    Effect.gen(function* () {
      yield* useTensorFlow;
      return yield* compareCaptioner(net, data, { count, seed });
    }),
});
