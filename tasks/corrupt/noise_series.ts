/**
 * The same images under more and more noise.
 *
 * @module
 */
import * as Schema from "effect/Schema";
import { task } from "../../lib/dag/task.ts";
import { NoiseLevel, noiseSeries } from "../../lib/data/noise_series.ts";
import { Dataset } from "../../lib/kinds/dataset.ts";
import { Count } from "../../lib/nn/config.ts";

/** Repeats the first `count` images, without noise and then with each level of it on a share of their pixels. */
export const addNoiseSeries = task({
  name: "noise-series",
  about: "Repeats images under more and more noise.",
  params: Schema.Struct({ count: Count, levels: Schema.Array(NoiseLevel), seed: Schema.Int }),
  inputs: { data: Dataset },
  output: Dataset,
  run: ({ params, inputs: { data } }) => noiseSeries(data, params),
});
