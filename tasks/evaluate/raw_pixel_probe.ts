import * as Schema from "effect/Schema";
import { task } from "../../lib/dag/task.ts";
import { probePixels, Probing } from "../../lib/evaluate/image_probe.ts";
import { Dataset } from "../../lib/kinds/dataset.ts";
import { Metrics } from "../../lib/kinds/metrics.ts";
import { Count } from "../../lib/nn/config.ts";

/** Probes pixels, means over squares of `cell` by `cell`: what features must be better than. */
export const rawPixelProbe = task({
  name: "raw-pixel-probe",
  about: "Probes the pixels of images themselves.",
  params: Schema.Struct({ cell: Count, ...Probing.fields }),
  inputs: { known: Dataset, test: Dataset },
  output: Metrics,
  run: ({ params: { cell, ...probing }, inputs: { known, test } }) => probePixels(known, test, cell, probing),
});
