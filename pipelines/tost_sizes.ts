/**
 * The sizes that the ToST paper publishes, as claims on the official configurations.
 *
 * @module
 */
import { type Claim, claim } from "../lib/claim/claim.ts";
import { between } from "../lib/claim/expectation.ts";
import { exactly } from "../lib/claim/interval.ts";
import { numberAt } from "../lib/claim/measure.ts";
import type { Node } from "../lib/dag/node.ts";
import type { Metrics } from "../lib/kinds/metrics.ts";

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
