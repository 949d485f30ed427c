/**
 * Sizes of ToST: those that the paper publishes, as claims, and those of a preset, for its plan.
 *
 * @module
 */
import { type Claim, claim } from "../lib/claim/claim.ts";
import { between } from "../lib/claim/expectation.ts";
import { exactly } from "../lib/claim/interval.ts";
import { numberAt } from "../lib/claim/measure.ts";
import type { Node } from "../lib/dag/node.ts";
import type { Metrics } from "../lib/kinds/metrics.ts";
import { languageOperations, type MixerName, visionOperations } from "../lib/nn/operations.ts";
import { countParameters } from "../lib/nn/parameters.ts";
import { softmaxLanguage } from "../lib/nn/softmax_language.ts";
import { softmaxTwin } from "../lib/nn/softmax_twin.ts";
import { tost } from "../lib/nn/tost.ts";
import { tostLanguage } from "../lib/nn/tost_language.ts";
import type { TostPreset } from "./tost_preset.ts";

/** Millions of parameters as the paper's tables have them, and by how much their rounding can be off. */
const published = [
  ["N1", "Table 2", "ToST-T", "vision.T12/16", 5.8, 0.05],
  ["N2", "Table 2", "ToST-S", "vision.S12/16", 22.6, 0.05],
  ["N3", "Table 2", "ToST-M", "vision.M24/16", 68.1, 0.05],
  ["N4", "Table 4", "ToST-Base", "language.base", 110, 0.5],
  ["N5", "Table 4", "ToST-Medium", "language.medium", 304, 0.5],
  ["N6", "Table 4", "ToST-Large", "language.large", 655, 0.5],
] as const;

/**
 * Claims that the official configurations have the published numbers of parameters.
 *
 * @param counts The node that counts them.
 */
export function claimedSizes(counts: Node<typeof Metrics>): readonly Claim[] {
  return published.map(([id, source, size, path, millions, rounding]) => {
    const end = (number: number) => Number(number.toFixed(2));
    return claim({
      id,
      source,
      says: `${size} has ${millions} million parameters`,
      measure: { nodes: [counts], read: ([found]) => exactly(numberAt(found!, path) / 1e6) },
      expect: between(end(millions - rounding), end(millions + rounding)),
      paper: millions,
      unit: "M",
      note: "counted in the official configuration",
    });
  });
}

/**
 * What a preset trains, and how large that is: parameters, and floating-point operations of all steps of one seed (two
 * for each multiply-add, and three times a forward pass for each example).
 */
export function sizesOf({ net, recipe, language }: TostPreset): readonly string[] {
  const line = (name: string, parameters: number, operations: number, { steps, batch }: Steps) =>
    `${name}: ${parameters.toLocaleString("en")} parameters, ${digits(operations / 1e6, 3)} million ` +
    `multiply-adds an example, ${digits(6 * operations * steps * batch / 1e12, 2)} TFLOP to train`;
  const vision = (mixer: MixerName) => visionOperations(mixer, net);
  const text = (mixer: MixerName) => languageOperations(mixer, language.net);
  return [
    line("ToST", countParameters(tost.specs(net)), vision("tssa"), recipe),
    line("its softmax twin", countParameters(softmaxTwin.specs(net)), vision("softmax"), recipe),
    line(
      "ToST as a language model",
      countParameters(tostLanguage.specs(language.net)),
      text("tssa"),
      language.recipe,
    ),
    line(
      "softmax language model",
      countParameters(softmaxLanguage.specs(language.net)),
      text("softmax"),
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
