import * as Effect from "effect/Effect";
import { many } from "../../lib/dag/kind.ts";
import { task } from "../../lib/dag/task.ts";
import { ComputeGrid, measureRobustness } from "../../lib/evaluate/arithmetic_robustness.ts";
import { Checkpoint } from "../../lib/kinds/checkpoint.ts";
import { Dataset } from "../../lib/kinds/dataset.ts";
import { Metrics } from "../../lib/kinds/metrics.ts";
import { useTensorFlow } from "../../lib/tensor/native.ts";

/** Measures how often attacks on the arithmetic model succeed, by the compute that it thinks with. */
export const arithmeticRobustness = task({
  name: "arithmetic-robustness",
  about: "Measures how often attacks on the arithmetic model succeed, by the compute that it thinks with.",
  params: ComputeGrid,
  inputs: { model: Checkpoint, clean: Dataset, attacked: many(Dataset) },
  output: Metrics,
  uses: ["tensorflow"],
  resources: { cores: 1, memory: 700 },
  run: ({ params, inputs: { model, clean, attacked } }) =>
    Effect.gen(function* () {
      yield* useTensorFlow;
      return yield* measureRobustness(model, clean, attacked, params);
    }),
});
