import * as Effect from "effect/Effect";
import { attackByGcg, Gcg } from "../../lib/attack/language/gcg.ts";
import { task } from "../../lib/dag/task.ts";
import { Checkpoint } from "../../lib/kinds/checkpoint.ts";
import { Dataset } from "../../lib/kinds/dataset.ts";
import { useTensorFlow } from "../../lib/tensor/native.ts";

/** Exchanges characters of the channel where the gradient promises most. */
export const attackGcg = task({
  name: "attack-gcg",
  about: "Exchanges characters of the channel where the gradient promises most.",
  params: Gcg,
  inputs: { model: Checkpoint, data: Dataset },
  output: Dataset,
  uses: ["tensorflow"],
  resources: { cores: 1, memory: 1000 },
  run: ({ params, inputs: { model, data } }) =>
    Effect.gen(function* () {
      yield* useTensorFlow;
      return yield* attackByGcg(model, data, params);
    }),
});
