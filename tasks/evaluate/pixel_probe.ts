import * as Schema from "effect/Schema";
import { task } from "../../lib/dag/task.ts";
import { measurePixels } from "../../lib/evaluate/representation.ts";
import { Dataset } from "../../lib/kinds/dataset.ts";
import { Metrics } from "../../lib/kinds/metrics.ts";
import { Count } from "../../lib/nn/config.ts";

/** Measures how well pixels as they are tell classes apart: what a network's features are to be better than. */
export const pixelProbe = task({
  name: "pixel-probe",
  about: "Classifies images by their pixels.",
  params: Schema.Struct({ known: Count, asked: Count }),
  inputs: { known: Dataset, asked: Dataset, noisy: Dataset },
  output: Metrics,
  resources: { cores: 1, memory: 700 },
  run: ({ params, inputs }) => measurePixels(inputs, params),
});
