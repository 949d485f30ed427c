import * as Effect from "effect/Effect";
import * as Schema from "effect/Schema";
import { exactly } from "../../lib/claim/interval.ts";
import type { Json } from "../../lib/dag/canonical.ts";
import { task } from "../../lib/dag/task.ts";
import { Metrics } from "../../lib/kinds/metrics.ts";
import { crate } from "../../lib/nn/crate.ts";
import { crateGpt2Base, crateLanguage } from "../../lib/nn/crate_language.ts";
import { crateSizes } from "../../lib/nn/crate_sizes.ts";
import { countWithoutPositions } from "../../lib/nn/language_sizes.ts";
import { countParameters } from "../../lib/nn/parameters.ts";
import { vit } from "../../lib/nn/vit.ts";
import { vitSizes } from "../../lib/nn/vit_sizes.ts";

/**
 * Counts the parameters of the official sizes of CRATE and of ViT, as `crate.S/16` or `vit.T/16`, and of causal CRATE, as
 * nanoGPT does without the table of positions, as `language`. `blockShare` is a block of CRATE's against one of ViT's, at
 * the width of CRATE-Tiny.
 */
export const crateParameters = task({
  name: "crate-parameters",
  about: "Counts the parameters of the official sizes of CRATE and ViT.",
  params: Schema.Struct({}),
  inputs: {},
  output: Metrics,
  light: true,
  run: () =>
    Effect.sync(() => {
      const [ours, theirs] = [crateSizes["T/16"], vitSizes["S/16"]];
      const block = <Config extends { readonly depth: number }>(
        count: (config: Config) => number,
        config: Config,
      ) => count({ ...config, depth: 2 }) - count({ ...config, depth: 1 });
      const crateCount = (config: typeof ours) => countParameters(crate.specs(config));
      const vitCount = (config: typeof theirs) => countParameters(vit.specs(config));
      return {
        crate: counts(crateSizes, crateCount),
        vit: counts(vitSizes, vitCount),
        language: exact(countWithoutPositions(crateLanguage.specs(crateGpt2Base))),
        blockShare: exact(block(crateCount, ours) / block(vitCount, theirs)),
      };
    }),
});

function counts<Config>(sizes: Readonly<Record<string, Config>>, count: (config: Config) => number): Json {
  return Object.fromEntries(Object.entries(sizes).map(([size, config]) => [size, exact(count(config))]));
}

function exact(value: number): Json {
  return exactly(value) as unknown as Json;
}
