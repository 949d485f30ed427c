/**
 * Claims of the geometric analysis of MCR² on networks, and beyond the paper.
 *
 * @module
 */
import { type Claim, claim } from "../lib/claim/claim.ts";
import { above, atLeast, atMost, below } from "../lib/claim/expectation.ts";
import { difference, metric, span } from "../lib/claim/measure.ts";
import type { PresetName } from "../lib/dag/pipeline.ts";
import type { Mcr2Evidence } from "./mcr2_claims.ts";
import type { Mcr2Preset } from "./mcr2_presets.ts";

/** Networks: how near they come to the optimum, and what their features are good for. */
export function networkClaims(
  { networks, more, corrupted }: Mcr2Evidence,
  { deep, corruption, attack }: Mcr2Preset,
  name: PresetName,
): readonly Claim[] {
  const tooSmall = name === "smoke"
    ? { outOfScale: "smoke only shows that everything runs; the quick preset measures this" }
    : {};
  const data =
    `MNIST, ${deep.classes} digits, ${deep.each} images of each; the paper's own numbers are not known`;
  const reduction = networks.map(({ reduction }) => reduction.geometry);
  const crossEntropy = networks.map(({ crossEntropy }) => crossEntropy.geometry);
  const worst = corrupted.at(-1)!;
  const percent = 100 * corruption.rates.at(-1)!;
  return [
    claim({
      id: "B6a",
      source: "Experiments",
      evidence: "reconstructed",
      says: "a network trained on F nearly reaches the global optimum",
      measure: metric(reduction, "ratio"),
      expect: atLeast(0.98),
      unit: "F / F*",
      note: data,
      ...tooSmall,
    }),
    claim({
      id: "B6b",
      source: "Experiments",
      evidence: "reconstructed",
      says: "its classes are at right angles",
      measure: metric(reduction, "meanCosine"),
      expect: atMost(0.02),
      note: "mean |cos| between training images of different classes",
      ...tooSmall,
    }),
    claim({
      id: "B6c",
      source: "Experiments",
      evidence: "reconstructed",
      says: "and the singular values of a class are equal",
      measure: metric(reduction, "spread"),
      expect: atMost(0.05),
      note: "(largest − smallest) / mean of those above the barrier, of the class where it is largest",
      ...tooSmall,
    }),
    ...(more.length === 0 ? [] : [
      claim({
        id: "B6d",
        source: "Experiments",
        evidence: "reconstructed",
        says: "also with more classes",
        measure: metric(more.flat(), "ratio"),
        expect: atLeast(0.98),
        unit: "F / F*",
      }),
    ]),
    claim({
      id: "B8",
      source: "Experiments",
      evidence: "reconstructed",
      says: "the nearest subspace tells the class of every training image",
      measure: span(networks.map(({ reduction }) => reduction.train), "nearestSubspace"),
      expect: atLeast(0.99),
      ...tooSmall,
    }),
    claim({
      id: "X3",
      source: "none",
      says: "cross-entropy does not put classes at right angles: rate reduction does it better",
      measure: difference(reduction, crossEntropy, "meanCosine"),
      expect: below(0),
      extension: true,
      note: "mean |cos| between classes, the same network by rate reduction minus by cross-entropy",
      ...tooSmall,
    }),
    claim({
      id: "X4",
      source: "none",
      evidence: "second-hand",
      says: "rate-reduced features bear wrong labels better than cross-entropy",
      measure: difference(
        worst.map(({ reduction }) => reduction),
        worst.map(({ crossEntropy }) => crossEntropy),
        "accuracy",
        100,
      ),
      expect: above(0),
      unit: "points",
      extension: true,
      note:
        `the parent paper (arXiv 2006.08558) says so; test accuracy with ${percent} % of training labels wrong`,
      ...tooSmall,
    }),
    claim({
      id: "X5",
      source: "none",
      says: "and an attack on the images",
      measure: difference(
        networks.map(({ reduction }) => reduction.attacked),
        networks.map(({ crossEntropy }) => crossEntropy.attacked),
        "accuracy",
        100,
      ),
      expect: above(0),
      unit: "points",
      extension: true,
      note:
        `PGD of ${attack.steps} steps of ${attack.stepSize} within ε = ${attack.epsilon} grey levels of 255, ` +
        "with full knowledge; nobody claims it",
      ...tooSmall,
    }),
  ];
}
