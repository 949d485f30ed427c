import * as Effect from "effect/Effect";
import type { Json } from "../../lib/dag/canonical.ts";
import { task } from "../../lib/dag/task.ts";
import { measureScaling, Timing } from "../../lib/evaluate/attention_cost.ts";
import { Metrics } from "../../lib/kinds/metrics.ts";
import { useTensorFlow } from "../../lib/tensor/native.ts";

/** Measures time and memory of TSSA and of softmax attention against the number of tokens. */
export const attentionScaling = task({
  name: "attention-scaling",
  about: "Times TSSA and softmax attention on more and more tokens.",
  params: Timing,
  inputs: {},
  output: Metrics,
  uses: ["tensorflow"],
  // More cores than any machine has: it runs alone, so that no neighbour disturbs the clock.
  resources: { cores: 1024, memory: 4000 },
  run: ({ params }) =>
    Effect.gen(function* () {
      yield* useTensorFlow;
      return (yield* measureScaling(params)) as unknown as Readonly<Record<string, Json>>;
    }),
});
