import * as Effect from "effect/Effect";
import * as Schema from "effect/Schema";
import { task } from "../../lib/dag/task.ts";
import { Share } from "../../lib/data/ranges.ts";
import { completeImages } from "../../lib/evaluate/completions.ts";
import { Checkpoint } from "../../lib/kinds/checkpoint.ts";
import { Dataset } from "../../lib/kinds/dataset.ts";
import { Count } from "../../lib/nn/config.ts";
import { crateMae } from "../../lib/nn/crate_mae.ts";
import { useTensorFlow } from "../../lib/tensor/native.ts";

/** Completes the first `count` images by CRATE-MAE when the share `ratio` of their patches is hidden. */
export const crateMaeCompletions = task({
  name: "crate-mae-completions",
  about: "Completes a few masked images by CRATE-MAE.",
  params: Schema.Struct({ count: Count, ratio: Share, seed: Schema.Int }),
  inputs: { model: Checkpoint, data: Dataset },
  output: Dataset,
  uses: ["tensorflow"],
  resources: { cores: 1, memory: 700 },
  run: ({ params, inputs }) =>
    Effect.gen(function* () {
      yield* useTensorFlow;
      return yield* completeImages(crateMae, inputs.model, inputs.data, params);
    }),
});
