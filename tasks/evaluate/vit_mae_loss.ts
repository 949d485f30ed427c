import * as Effect from "effect/Effect";
import { task } from "../../lib/dag/task.ts";
import { Masking, measureMaskedLoss } from "../../lib/evaluate/masked_loss.ts";
import { Checkpoint } from "../../lib/kinds/checkpoint.ts";
import { Dataset } from "../../lib/kinds/dataset.ts";
import { Metrics } from "../../lib/kinds/metrics.ts";
import { vitMae } from "../../lib/nn/vit_mae.ts";
import { useTensorFlow } from "../../lib/tensor/native.ts";

/** Measures the error of ViT-MAE on the hidden patches of images that it is `shown`, against the `whole` ones. */
export const vitMaeLoss = task({
  name: "vit-mae-loss",
  about: "Measures how well ViT-MAE completes masked images.",
  params: Masking,
  inputs: { model: Checkpoint, known: Dataset, shown: Dataset, whole: Dataset },
  output: Metrics,
  uses: ["tensorflow"],
  resources: { cores: 1, memory: 700 },
  run: ({ params, inputs }) =>
    Effect.gen(function* () {
      yield* useTensorFlow;
      return yield* measureMaskedLoss(vitMae, inputs.model, inputs, params);
    }),
});
