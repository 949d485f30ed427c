/**
 * Claims of the geometric analysis of MCR² on the objective itself.
 *
 * @module
 */
import { type Claim, claim } from "../lib/claim/claim.ts";
import { above, atMost, below, between } from "../lib/claim/expectation.ts";
import { exactly } from "../lib/claim/interval.ts";
import { type Measure, numberAt, span } from "../lib/claim/measure.ts";
import type { Mcr2Evidence } from "./mcr2_claims.ts";
import type { Mcr2Preset } from "./mcr2_presets.ts";

/** Theorems 1 and 2, at points that are known and at points that are found. */
export function theoremClaims({ maxima, saddles, landscapes }: Mcr2Evidence): readonly Claim[] {
  const every = `every one of ${maxima.length} points; the interval goes from the least to the greatest`;
  return [
    claim({
      id: "B1",
      source: "Theorem 1 (i)",
      evidence: "verified",
      says: "Z_k = √x_k⁺ U_k V_kᵀ with orthogonal classes is a critical point",
      measure: span(maxima, "gradientNorm"),
      expect: atMost(1e-12),
      note: `the norm of the gradient, in double precision, at ${every}`,
    }),
    claim({
      id: "B2a",
      source: "Theorem 1 (i)",
      evidence: "verified",
      says: "and a local maximum: no direction curves upward",
      measure: span(maxima, "relativeCurvature"),
      expect: atMost(1e-6),
      note: "the largest eigenvalue of the exact Hessian over the largest by absolute value",
    }),
    claim({
      id: "B2b",
      source: "none",
      says: "which only the symmetries of F leave flat",
      measure: span(maxima, "unexplainedZeros"),
      expect: between(0, 0),
      extension: true,
      note: "zero eigenvalues minus the dimension of the orbit under Z → Q Z Diag(V_k)",
    }),
    claim({
      id: "B3a",
      source: "Theorem 2",
      evidence: "verified",
      says: "a class at its smaller root √x⁻ makes a strict saddle",
      measure: span(saddles, "barrier.largestCurvature"),
      expect: above(1e-3),
    }),
    claim({
      id: "B3b",
      source: "Theorem 2",
      evidence: "verified",
      says: "and so do two classes in one direction",
      measure: span(saddles, "shared.largestCurvature"),
      expect: above(1e-3),
    }),
    claim({
      id: "B3c",
      source: "Theorem 2",
      evidence: "verified",
      says: "whatever critical point is found is a local maximum of that form or a strict saddle",
      measure: counted(landscapes, "counterexample"),
      expect: between(0, 0),
      unit: "counterexamples",
      note: "Levenberg–Marquardt on the gradient from random starts; curvature up to 1e-5 counts as none",
    }),
    claim({
      id: "B3d",
      source: "none",
      says: "and every start led to a critical point",
      measure: counted(landscapes, "unconverged"),
      expect: between(0, 0),
      unit: "starts that did not",
      extension: true,
    }),
  ];
}

/** Ascents, where they end and where they cannot. */
export function ascentClaims({ ascents, turning }: Mcr2Evidence, preset: Mcr2Preset): readonly Claim[] {
  const { balanced, unbalanced, grid, nearMost, collapsed } = ascents;
  const all = [...balanced, ...unbalanced];
  const problems = [...preset.balanced, ...preset.unbalanced].map(({ name }) => name).join("; ");
  return [
    claim({
      id: "B4a",
      source: "Experiments",
      evidence: "reconstructed",
      says: "gradient ascent from random starts ends at the predicted F = Σ r_k h_k",
      measure: span(all, "valueError"),
      expect: atMost(1e-5),
      note: `relative error; ${problems}; the settings of the paper's experiment are from memory`,
    }),
    claim({
      id: "B4b",
      source: "Experiments",
      evidence: "reconstructed",
      says: "with the classes at right angles",
      measure: span(all, "largestCosine"),
      expect: atMost(1e-3),
      note: "the largest |cos| between tokens of different classes",
    }),
    claim({
      id: "B4c",
      source: "Theorem 1 (ii)",
      evidence: "verified",
      says: "in all min(m, d) dimensions",
      measure: span(all, "rankGap"),
      expect: between(0, 0),
      unit: "dimensions unused",
    }),
    claim({
      id: "B4d",
      source: "Theorem 1 (i)",
      evidence: "verified",
      says: "and singular values at √x_k⁺",
      measure: span(all, "peakError"),
      expect: atMost(1e-3),
      note: "the largest relative distance of a singular value above the barrier √x⁻",
    }),
    claim({
      id: "B4e",
      source: "Theorem 1 (ii)",
      evidence: "verified",
      says: "classes of one size reach the global optimum F*",
      measure: span(balanced, "ratio"),
      expect: between(1 - 1e-5, 1 + 1e-5),
      unit: "F / F*",
    }),
    claim({
      id: "B4f",
      source: "Experiments",
      evidence: "reconstructed",
      says: "within 2000 steps of size 1",
      measure: span(all, "gradientNorm"),
      expect: atMost(1e-6),
      note: "the norm of the gradient at the end",
    }),
    ...(grid.length === 0 ? [] : [
      claim({
        id: "B4g",
        source: "Theorem 1 (ii)",
        evidence: "verified",
        says: "and so with 2, 4 and 10 classes, at λ up to half of λ_max",
        measure: span(grid, "ratio"),
        expect: between(1 - 1e-5, 1 + 1e-5),
        unit: "F / F*",
        note: "d = 100, 200 tokens",
      }),
      claim({
        id: "B4h",
        source: "Theorem 1 (i)",
        evidence: "verified",
        says: "and at every λ the end is a local maximum of the theorem's form",
        measure: span([...grid, ...nearMost], "valueError"),
        expect: atMost(1e-5),
        note: "relative error of F against Σ r_k h_k, up to 0.8 λ_max",
      }),
      claim({
        id: "X6",
        source: "none",
        says: "near λ_max, too, ascent finds the global one",
        measure: span(nearMost, "ratio"),
        expect: between(1 - 1e-5, 1 + 1e-5),
        unit: "F / F*",
        extension: true,
        note:
          "nobody claims it: at 0.8 λ_max the barrier √x⁻ is so high that a start may fall below it in a direction",
      }),
    ]),
    claim({
      id: "B5",
      source: "none",
      says: "a start that is too small collapses to Z = 0, which is a local maximum too",
      measure: span(collapsed, "norm"),
      expect: atMost(1e-3),
      extension: true,
      note: "our own finding: ‖Z‖ at the end of ascents from numbers of standard deviation 1e-3",
    }),
    claim({
      id: "B7",
      source: "Theorem 1 (ii)",
      evidence: "verified",
      says: "F never exceeds F*",
      measure: span([...all, ...grid], "largestRatio"),
      expect: atMost(1 + 1e-12),
      unit: "F / F*",
      note: "the largest F on the way of every ascent; 1e-12 is for rounding",
    }),
    claim({
      id: "X1",
      source: "none",
      says: "where classes differ in size, ascent ends below the global optimum",
      measure: span(unbalanced, "ratio"),
      expect: below(1),
      unit: "F / F*",
      extension: true,
      note: "our own finding: the ranks settle evenly, where the optimum fills small classes first",
    }),
    claim({
      id: "X2",
      source: "none",
      says: "near λ_max the point of theorem 1 (ii) is no longer the global optimum: Z = 0 is above it",
      measure: { nodes: [turning], read: ([one]) => exactly(numberAt(one!, "lowest")) },
      expect: below(1),
      unit: "λ_max",
      extension: true,
      note:
        "our own finding: the λ where h(x⁺) = 0 with two classes of one size; with more classes it is higher",
    }),
  ];
}

/** How many starts of all seeds had an outcome. */
function counted(landscapes: Mcr2Evidence["landscapes"], outcome: string): Measure {
  return {
    nodes: landscapes,
    read: (metrics) => ({
      ...exactly(metrics.reduce((sum, one) => sum + numberAt(one, outcome), 0)),
      n: metrics.reduce((sum, one) => sum + numberAt(one, "starts"), 0),
    }),
  };
}
