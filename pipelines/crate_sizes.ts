/**
 * Sizes of CRATE: those that the paper publishes, as claims, and those of a preset, for its plan.
 *
 * @module
 */
import { type Claim, claim } from "../lib/claim/claim.ts";
import { between } from "../lib/claim/expectation.ts";
import { exactly } from "../lib/claim/interval.ts";
import { metric, numberAt } from "../lib/claim/measure.ts";
import { crate } from "../lib/nn/crate.ts";
import { crateLanguage } from "../lib/nn/crate_language.ts";
import { crateLanguageOperations, crateOperations, vitOperations } from "../lib/nn/crate_operations.ts";
import { languageOperations } from "../lib/nn/operations.ts";
import { countParameters } from "../lib/nn/parameters.ts";
import { softmaxLanguage } from "../lib/nn/softmax_language.ts";
import { vit } from "../lib/nn/vit.ts";
import type { Measured } from "./crate_evidence.ts";
import type { CratePreset } from "./crate_presets.ts";

/** Millions of parameters as the tables have them, and by how much their rounding can be off. */
const published = [
  ["N1", "Table 1", "CRATE-Tiny", "crate.T/16", 6.09, 0.005],
  ["N2", "Table 1", "CRATE-Small", "crate.S/16", 13.12, 0.005],
  ["N3", "Table 1", "CRATE-Base", "crate.B/16", 22.8, 0.005],
  ["N4", "Table 1", "CRATE-Large", "crate.L/16", 77.64, 0.005],
  ["N5", "Table 1", "ViT-Tiny", "vit.T/16", 5.72, 0.005],
  ["N6", "Table 1", "ViT-Small", "vit.S/16", 22.05, 0.005],
  ["N7", "2311.13110", "causal CRATE-Base", "language", 60, 0.5],
] as const;

/**
 * Claims that the official configurations have the published numbers of parameters.
 *
 * @param counts The node that counts them.
 */
export function claimedCrateSizes(counts: Measured): readonly Claim[] {
  const sizes = published.map(([id, source, size, path, millions, rounding]) => {
    const end = (number: number) => Number(number.toFixed(3));
    return claim({
      id,
      source,
      evidence: id === "N7" ? "second-hand" : "verified",
      says: `${size} has ${millions} million parameters`,
      measure: { nodes: [counts], read: ([found]) => exactly(numberAt(found!, path) / 1e6) },
      expect: between(end(millions - rounding), end(millions + rounding)),
      paper: millions,
      unit: "M",
      note: id === "N7"
        ? "counted as nanoGPT does, without the table of positions; the number is the authors' book's"
        : "counted in the official configuration",
    });
  });
  return [
    ...sizes,
    claim({
      id: "N8",
      source: "Section 3.2",
      evidence: "reconstructed",
      says: "a block of CRATE has a quarter of the parameters of ViT's",
      measure: metric(counts, "blockShare"),
      expect: between(0.245, 0.255),
      paper: 0.25,
      note: "(3d² + 5d) / (12d² + 13d) at d = 384",
    }),
  ];
}

/**
 * What a preset trains, and how large that is: parameters, and floating-point operations of all steps of one seed (two
 * for each multiply-add, and three times a forward pass for each example).
 */
export function sizesOfCrate({ layers, accuracy, language }: CratePreset): readonly string[] {
  const line = (name: string, parameters: number, operations: number, { steps, batch }: Steps) =>
    `${name}: ${parameters.toLocaleString("en")} parameters, ${digits(operations / 1e6, 3)} million ` +
    `multiply-adds an example, ${digits(6 * operations * steps * batch / 1e12, 2)} TFLOP to train`;
  const ofCrate = (name: string, { net, recipe }: CratePreset["layers" | "ablation"]) =>
    line(name, countParameters(crate.specs(net)), crateOperations(net), recipe);
  const ofVit = (name: string, net: CratePreset["accuracy"]["vit"]) =>
    line(name, countParameters(vit.specs(net)), vitOperations(net), accuracy.recipe);
  return [
    ofCrate("CRATE whose layers are looked into", layers),
    ofCrate("CRATE", { net: accuracy.crate, recipe: accuracy.recipe }),
    ofVit("ViT of the same width", accuracy.vit),
    ofVit("ViT of as many parameters", accuracy.narrowVit),
    line(
      "causal CRATE",
      countParameters(crateLanguage.specs(language.crate)),
      crateLanguageOperations(language.crate),
      language.recipe,
    ),
    line(
      "GPT-2 of the same width",
      countParameters(softmaxLanguage.specs(language.softmax)),
      languageOperations("softmax", language.softmax),
      language.recipe,
    ),
  ];
}

interface Steps {
  readonly steps: number;
  readonly batch: number;
}

function digits(number: number, significant: number): string {
  return number.toLocaleString("en", { maximumSignificantDigits: significant });
}
