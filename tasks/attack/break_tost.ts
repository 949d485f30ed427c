import * as Effect from "effect/Effect";
import { Attack, attackImages } from "../../lib/attack/attack.ts";
import { task } from "../../lib/dag/task.ts";
import { Checkpoint } from "../../lib/kinds/checkpoint.ts";
import { Dataset } from "../../lib/kinds/dataset.ts";
import { tost } from "../../lib/nn/tost.ts";
import { useTensorFlow } from "../../lib/tensor/native.ts";

/** Looks for images near the given ones that ToST takes for something else, in one of several ways. */
export const breakTost = task({
  name: "break-tost",
  about: "Looks for images near the given ones that ToST mistakes.",
  params: Attack,
  inputs: { model: Checkpoint, data: Dataset },
  output: Dataset,
  uses: ["tensorflow"],
  resources: { cores: 1, memory: 700 },
  run: ({ params, inputs: { model, data } }) =>
    Effect.gen(function* () {
      yield* useTensorFlow;
      return yield* attackImages(tost, model, data, params);
    }),
});
