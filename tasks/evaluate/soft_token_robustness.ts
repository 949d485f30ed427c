import * as Effect from "effect/Effect";
import { ComputeGrid } from "../../lib/evaluate/arithmetic_robustness.ts";
import { measureSoftTokens } from "../../lib/evaluate/soft_token_robustness.ts";
import { task } from "../../lib/dag/task.ts";
import { Checkpoint } from "../../lib/kinds/checkpoint.ts";
import { Dataset } from "../../lib/kinds/dataset.ts";
import { Metrics } from "../../lib/kinds/metrics.ts";
import { useTensorFlow } from "../../lib/tensor/native.ts";

/** Measures how often soft tokens succeed, with the compute that they were made for and with others. */
export const softTokenRobustness = task({
  name: "soft-token-robustness",
  about: "Measures how often soft tokens succeed, with the compute that they were made for and with others.",
  params: ComputeGrid,
  inputs: { model: Checkpoint, attacked: Dataset },
  output: Metrics,
  uses: ["tensorflow"],
  resources: { cores: 1, memory: 700 },
  run: ({ params, inputs: { model, attacked } }) =>
    Effect.gen(function* () {
      yield* useTensorFlow;
      return yield* measureSoftTokens(model, attacked, params);
    }),
});
