import * as Effect from "effect/Effect";
import * as Schema from "effect/Schema";
import { exactly } from "../../lib/claim/interval.ts";
import type { Json } from "../../lib/dag/canonical.ts";
import { task } from "../../lib/dag/task.ts";
import { Metrics } from "../../lib/kinds/metrics.ts";
import { crate } from "../../lib/nn/crate.ts";
import { crateSizes } from "../../lib/nn/crate_sizes.ts";
import { countParameters } from "../../lib/nn/parameters.ts";
import { vit } from "../../lib/nn/vit.ts";
import { vitSizes } from "../../lib/nn/vit_sizes.ts";

/**
 * Counts the parameters of the networks of arXiv 2308.16271: patches of 8, and the 21,842 classes of ImageNet-21k.
 */
export const emergenceParameters = task({
  name: "emergence-parameters",
  about: "Counts the parameters of CRATE and ViT with patches of 8 and 21,842 classes.",
  params: Schema.Struct({}),
  inputs: {},
  output: Metrics,
  light: true,
  run: () => {
    const count = (specs: Parameters<typeof countParameters>[0]) =>
      exactly(countParameters(specs)) as unknown as Json;
    const like = { patch: 8, classes: 21_842 };
    return Effect.succeed({
      crate: {
        "T/8": count(crate.specs(crateSizes["T/8"])),
        "S/8": count(crate.specs(crateSizes["S/8"])),
        "B/8": count(crate.specs(crateSizes["B/8"])),
      },
      vit: {
        "T/8": count(vit.specs({ ...vitSizes["T/16"], ...like })),
        "B/8": count(vit.specs({ ...vitSizes["B/16"], ...like })),
      },
    });
  },
});
