import * as Effect from "effect/Effect";
import * as Schema from "effect/Schema";
import { exactly } from "../../lib/claim/interval.ts";
import type { Json } from "../../lib/dag/canonical.ts";
import { task } from "../../lib/dag/task.ts";
import { Metrics } from "../../lib/kinds/metrics.ts";
import { crateMae } from "../../lib/nn/crate_mae.ts";
import { crateMaeSizes, officialCounts, vitMaeBase } from "../../lib/nn/mae_sizes.ts";
import { vitMae } from "../../lib/nn/vit_mae.ts";

/**
 * Counts the parameters of the official masked autoencoders as the authors do: `crate.base` of CRATE-MAE, `vit.base` of
 * ViT-MAE, and `ratio`, the one by the other.
 */
export const maeParameters = task({
  name: "mae-parameters",
  about: "Counts the parameters of the official masked autoencoders.",
  params: Schema.Struct({}),
  inputs: {},
  output: Metrics,
  light: true,
  run: () => {
    const crate = Object.fromEntries(
      Object.entries(crateMaeSizes).map(([size, config]) => [
        size,
        officialCounts(config, crateMae.specs(config)).all,
      ]),
    );
    const vit = officialCounts(vitMaeBase, vitMae.specs(vitMaeBase)).all;
    const exact = (count: number) => exactly(count) as unknown as Json;
    return Effect.succeed({
      crate: Object.fromEntries(Object.entries(crate).map(([size, count]) => [size, exact(count)])),
      vit: { base: exact(vit) },
      ratio: exact(crate.base! / vit),
    });
  },
});
