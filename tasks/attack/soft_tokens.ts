import * as Effect from "effect/Effect";
import { attackWithSoftTokens, SoftTokens } from "../../lib/attack/language/soft_tokens.ts";
import { task } from "../../lib/dag/task.ts";
import { Checkpoint } from "../../lib/kinds/checkpoint.ts";
import { Dataset } from "../../lib/kinds/dataset.ts";
import { useTensorFlow } from "../../lib/tensor/native.ts";

/** Puts vectors of the attacker's own into the channel, found by the gradient through all loops. */
export const attackSoftTokens = task({
  name: "attack-soft-tokens",
  about: "Puts vectors into the channel that the gradient through all loops finds.",
  params: SoftTokens,
  inputs: { model: Checkpoint, data: Dataset },
  output: Dataset,
  uses: ["tensorflow"],
  resources: { cores: 1, memory: 700 },
  run: ({ params, inputs: { model, data } }) =>
    Effect.gen(function* () {
      yield* useTensorFlow;
      return yield* attackWithSoftTokens(model, data, params);
    }),
});
