import * as Effect from "effect/Effect";
import { task } from "../../lib/dag/task.ts";
import { probeNetwork, Probing } from "../../lib/evaluate/image_probe.ts";
import { Checkpoint } from "../../lib/kinds/checkpoint.ts";
import { Dataset } from "../../lib/kinds/dataset.ts";
import { Metrics } from "../../lib/kinds/metrics.ts";
import { autoencoder } from "../../lib/nn/masked_autoencoder.ts";
import { useTensorFlow } from "../../lib/tensor/native.ts";

/** Probes what a masked autoencoder's encoder makes of images: accuracies from a few examples of each class, and from all. */
export const autoencoderProbe = task({
  name: "autoencoder-probe",
  about: "Probes what a masked autoencoder makes of images.",
  params: Probing,
  inputs: { model: Checkpoint, known: Dataset, test: Dataset },
  output: Metrics,
  uses: ["tensorflow"],
  resources: { cores: 1, memory: 900 },
  run: ({ params, inputs: { model, known, test } }) =>
    Effect.gen(function* () {
      yield* useTensorFlow;
      return yield* probeNetwork(autoencoder, model, known, test, params);
    }),
});
