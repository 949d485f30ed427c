import * as Effect from "effect/Effect";
import { Attack, attackImages } from "../../lib/attack/attack.ts";
import { task } from "../../lib/dag/task.ts";
import { Checkpoint } from "../../lib/kinds/checkpoint.ts";
import { Dataset } from "../../lib/kinds/dataset.ts";
import { softmaxTwin } from "../../lib/nn/softmax_twin.ts";
import { useTensorFlow } from "../../lib/tensor/native.ts";

/** Looks for images near the given ones that the softmax twin takes for something else, in one of several ways. */
export const breakSoftmaxTwin = task({
  name: "break-softmax-twin",
  about: "Looks for images near the given ones that the softmax twin mistakes.",
  params: Attack,
  inputs: { model: Checkpoint, data: Dataset },
  output: Dataset,
  uses: ["tensorflow"],
  resources: { cores: 1, memory: 700 },
  run: ({ params, inputs: { model, data } }) =>
    Effect.gen(function* () {
      yield* useTensorFlow;
      return yield* attackImages(softmaxTwin, model, data, params);
    }),
});
