/**
 * Sizes of the networks of "Emergence of segmentation": those that the paper publishes, as claims, and those of a preset,
 * for its plan.
 *
 * @module
 */
import { type Claim, claim } from "../lib/claim/claim.ts";
import { between } from "../lib/claim/expectation.ts";
import { exactly } from "../lib/claim/interval.ts";
import { numberAt } from "../lib/claim/measure.ts";
import type { Node } from "../lib/dag/node.ts";
import type { Metrics } from "../lib/kinds/metrics.ts";
import { crate } from "../lib/nn/crate.ts";
import { crateMhsa } from "../lib/nn/crate_mhsa.ts";
import { crateMlp } from "../lib/nn/crate_mlp.ts";
import { countParameters } from "../lib/nn/parameters.ts";
import { vit } from "../lib/nn/vit.ts";
import type { EmergencePreset } from "./emergence_presets.ts";

/** Millions of parameters as the paper's tables have them, and by how much their rounding can be off. */
const published = [
  ["N1", "CRATE-T/8", "crate.T/8", 5.74, 0.005],
  ["N2", "CRATE-S/8", "crate.S/8", 14.12, 0.005],
  ["N3", "CRATE-B/8", "crate.B/8", 38.83, 0.005],
  ["N4", "ViT-T/8", "vit.T/8", 10.36, 0.005],
  ["N5", "ViT-B/8", "vit.B/8", 102.6, 0.05],
] as const;

/**
 * Claims that the published configurations have the published numbers of parameters.
 *
 * @param counts The node that counts them.
 */
export function claimedSizes(counts: Node<typeof Metrics>): readonly Claim[] {
  return published.map(([id, size, path, millions, rounding]) => {
    const end = (number: number) => Number(number.toFixed(3));
    return claim({
      id,
      source: "Table 3",
      says: `${size} has ${millions} million parameters`,
      measure: { nodes: [counts], read: ([found]) => exactly(numberAt(found!, path) / 1e6) },
      expect: between(end(millions - rounding), end(millions + rounding)),
      evidence: "verified",
      paper: millions,
      unit: "M",
      note: "with the 21,842 outputs that the authors' notebook has",
    });
  });
}

/** What a preset trains, and how large that is, a line each network. */
export function sizesOf({ net, recipe }: EmergencePreset): readonly string[] {
  const shell = { ...net, pool: "class" } as const;
  const ista = { step: 0.1, sparsity: 0.1 };
  const sizes = {
    CRATE: countParameters(crate.specs({ ...shell, ...ista, output: "free", prox: "ista" })),
    "CRATE-MLP": countParameters(crateMlp.specs(shell)),
    "CRATE-MHSA": countParameters(crateMhsa.specs({ ...shell, ...ista })),
    ViT: countParameters(vit.specs(net)),
  };
  return Object.entries(sizes).map(([name, parameters]) =>
    `${name}: ${parameters.toLocaleString("en")} parameters, ${recipe.steps.toLocaleString("en")} steps of ` +
    `${recipe.batch.toLocaleString("en")} images`
  );
}
