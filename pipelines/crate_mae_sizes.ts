/**
 * Sizes of CRATE-MAE: those that the paper publishes, as claims, and those of a preset, for its plan.
 *
 * @module
 */
import { type Claim, claim } from "../lib/claim/claim.ts";
import { between } from "../lib/claim/expectation.ts";
import { exactly } from "../lib/claim/interval.ts";
import { numberAt } from "../lib/claim/measure.ts";
import { crateMae } from "../lib/nn/crate_mae.ts";
import type { MaeConfig } from "../lib/nn/mae.ts";
import { crateMaeOperations, vitMaeOperations } from "../lib/nn/mae_operations.ts";
import { countParameters, type ParameterSpecs } from "../lib/nn/parameters.ts";
import { vitMae } from "../lib/nn/vit_mae.ts";
import type { Measured } from "./crate_mae_evidence.ts";
import type { CrateMaePreset } from "./crate_mae_presets.ts";

/** Millions of parameters as the paper has them. */
const published = [
  ["N1", "CRATE-MAE-Small", "crate.small", 25.4],
  ["N2", "CRATE-MAE-Base", "crate.base", 44.6],
  ["N3", "ViT-MAE-Base", "vit.base", 143.8],
] as const;

/**
 * Claims that the official configurations have the published numbers of parameters.
 *
 * @param counts The node that counts them.
 */
export function claimedMaeSizes(counts: Measured): readonly Claim[] {
  const rounding = 0.05;
  const end = (number: number) => Number(number.toFixed(2));
  return [
    ...published.map(([id, size, path, millions]) =>
      claim({
        id,
        source: "Table 1",
        evidence: "second-hand",
        says: `${size} has ${millions} million parameters`,
        measure: { nodes: [counts], read: ([found]) => exactly(numberAt(found!, path) / 1e6) },
        expect: between(end(millions - rounding), end(millions + rounding)),
        paper: millions,
        unit: "M",
        note:
          "counted as the authors' program does, with its fixed tables of positions and a map that it does not use",
      })
    ),
    claim({
      id: "N4",
      source: "Table 1",
      evidence: "second-hand",
      says: "ViT-MAE-Small has 47.6 million parameters",
      expect: between(47.55, 47.65),
      paper: 47.6,
      unit: "M",
      outOfScale:
        "the authors' program hands tokens from the encoder to the decoder as they are, and so cannot have a decoder that " +
        "is wider than its encoder, as 47.6 million would take; no preset counts it",
    }),
  ];
}

/**
 * What a preset trains, and how large that is: parameters, and floating-point operations of all steps of one seed (two for
 * each multiply-add, and three times a forward pass for each image).
 */
export function crateMaeSizesOf({ crate, vit, narrowVit, recipe }: CrateMaePreset): readonly string[] {
  const { steps, batch } = recipe;
  const line = <Config extends MaeConfig>(
    name: string,
    config: Config,
    specs: (config: Config) => ParameterSpecs,
    operations: (config: Config) => number,
  ) =>
    `${name}: ${countParameters(specs(config)).toLocaleString("en")} parameters, ${
      digits(operations(config) / 1e6, 3)
    } million multiply-adds an image, ${
      digits(6 * operations(config) * steps * batch / 1e12, 2)
    } TFLOP to train`;
  return [
    line("CRATE-MAE", crate, crateMae.specs, crateMaeOperations),
    line("ViT-MAE of the same width", vit, vitMae.specs, vitMaeOperations),
    line("ViT-MAE of as many parameters", narrowVit, vitMae.specs, vitMaeOperations),
  ];
}

function digits(number: number, significant: number): string {
  return number.toLocaleString("en", { maximumSignificantDigits: significant });
}
