/**
 * What DP-Cap claims, as numbers that can come out otherwise.
 *
 * The paper's own text was not at hand: its abstract and program were, and its tables from others' accounts. Thresholds were
 * fixed before anything here was measured.
 *
 * @module
 */
import { type Claim, claim } from "../lib/claim/claim.ts";
import { atLeast, atMost, between } from "../lib/claim/expectation.ts";
import { exactly, meanInterval } from "../lib/claim/interval.ts";
import { difference, type Measure, numberAt } from "../lib/claim/measure.ts";
import type { PresetName } from "../lib/dag/pipeline.ts";
import { extensionClaims } from "./dp_cap_beyond.ts";
import type { DpCapEvidence, Measured, RunName, Scale } from "./dp_cap_evidence.ts";
import { ingredientClaims, representationClaims } from "./dp_cap_feature_claims.ts";
import type { DpCapPreset } from "./dp_cap_presets.ts";

/** Declares the claims of DP-Cap, each at the presets that can speak to it. */
export function dpCapClaims(
  evidence: DpCapEvidence,
  { preset, name }: { readonly preset: DpCapPreset; readonly name: PresetName },
): readonly Claim[] {
  const tooSmall: Scale = name === "smoke"
    ? { outOfScale: "smoke only shows that everything runs; the quick preset measures this" }
    : {};
  const larger: Scale = name === "smoke" || name === "quick"
    ? { outOfScale: `the ${name} preset trains too little for it; the laptop preset measures this` }
    : {};
  return [
    ...mechanismClaims(evidence),
    ...ingredientClaims(evidence, preset, tooSmall, larger),
    ...privacyClaims(evidence, preset, tooSmall),
    ...representationClaims(evidence, preset, tooSmall, larger),
    ...extensionClaims(evidence, preset, tooSmall, larger),
  ];
}

/** The accountants, and clipping. */
function mechanismClaims({ reference, ghosts }: DpCapEvidence): readonly Claim[] {
  const exact = (node: Measured, path: string): Measure => ({
    nodes: [node],
    read: ([found]) => exactly(numberAt(found!, path)),
  });
  return [
    claim({
      id: "D1a",
      source: "Section 3",
      says: "the accountant by Rényi divergences gives known ε, the paper's two runs among them",
      evidence: "verified",
      measure: exact(reference, "renyi"),
      expect: atMost(1e-3),
      note: "greatest difference of 18 runs from dp-accounting 0.6.0",
    }),
    claim({
      id: "D1b",
      source: "Section 3",
      says: "the accountant by loss distributions gives known ε",
      evidence: "verified",
      measure: exact(reference, "losses"),
      expect: atMost(0.02),
      note: "the same runs",
    }),
    claim({
      id: "D2a",
      source: "Appendix (program)",
      says: "ghost norms are the norms of per-example gradients, on every layer",
      evidence: "verified",
      measure: {
        nodes: [ghosts],
        read: ([found]) => exactly(Math.max(...Object.values(found!.layers as Record<string, number>))),
      },
      expect: atMost(1e-4),
      note: "greatest relative difference over layers and examples, in float32",
    }),
    claim({
      id: "D2b",
      source: "Appendix (program)",
      says: "the clipped sum points where per-example clipping points",
      evidence: "verified",
      measure: exact(ghosts, "shortfall"),
      expect: atMost(1e-6),
      note: "1 minus the cosine between the two sums",
    }),
  ];
}

/** What privacy costs, and how a run's cost is told without paying for it. */
function privacyClaims(
  { models }: DpCapEvidence,
  { recipe }: DpCapPreset,
  tooSmall: Scale,
): readonly Claim[] {
  const of = (run: RunName) => models.map(({ probes }) => probes[run]);
  const seeds = models.length;
  return [
    claim({
      id: "D6a",
      source: "Table 5",
      says: "features are no worse without noise than at ε = 8",
      evidence: "second-hand",
      measure: difference(of("infinite"), of("eight"), "full", 100),
      expect: atLeast(-1),
      unit: "points",
      note: "full probe",
      ...tooSmall,
    }),
    claim({
      id: "D6b",
      source: "Table 5",
      says: "features are no worse at ε = 8 than at ε = 2",
      evidence: "second-hand",
      measure: difference(of("eight"), of("two"), "full", 100),
      expect: atLeast(-1),
      unit: "points",
      note: "full probe",
      ...tooSmall,
    }),
    claim({
      id: "D7",
      source: "Section 4 (TAN)",
      says: "a quarter of the batch with a quarter of the noise ends at the same loss",
      evidence: "verified",
      measure: {
        nodes: [...models.map(({ losses }) => losses.quarter), ...models.map(({ losses }) => losses.eight)],
        read: (found) =>
          meanInterval(
            found.slice(0, seeds).map((quarter, seed) =>
              100 * (numberAt(quarter, "loss") / numberAt(found[seeds + seed]!, "loss") - 1)
            ),
          ),
      },
      expect: between(-5, 5),
      unit: "%",
      note: `held-out loss after ${recipe.steps} steps against ε = 8's; the imitating run is not private`,
      ...tooSmall,
    }),
  ];
}
