import * as Effect from "effect/Effect";
import * as Schema from "effect/Schema";
import { exactly } from "../../lib/claim/interval.ts";
import type { Json } from "../../lib/dag/canonical.ts";
import { task } from "../../lib/dag/task.ts";
import { Metrics } from "../../lib/kinds/metrics.ts";
import { countWithoutPositions, languageSizes } from "../../lib/nn/language_sizes.ts";
import { countParameters } from "../../lib/nn/parameters.ts";
import { tost } from "../../lib/nn/tost.ts";
import { tostLanguage } from "../../lib/nn/tost_language.ts";
import { tostSizes } from "../../lib/nn/tost_sizes.ts";

/**
 * Counts the parameters of the official sizes of ToST, as `vision.S12/16` or `language.base`. Language models are
 * counted as nanoGPT does, without the table of positions.
 */
export const tostParameters = task({
  name: "tost-parameters",
  about: "Counts the parameters of the official sizes of ToST.",
  params: Schema.Struct({}),
  inputs: {},
  output: Metrics,
  light: true,
  run: () =>
    Effect.succeed({
      vision: counts(tostSizes, (config) => countParameters(tost.specs(config))),
      language: counts(languageSizes, (config) => countWithoutPositions(tostLanguage.specs(config))),
    }),
});

function counts<Config>(sizes: Readonly<Record<string, Config>>, count: (config: Config) => number): Json {
  return Object.fromEntries(
    Object.entries(sizes).map(([size, config]) => [size, exactly(count(config)) as unknown as Json]),
  );
}
