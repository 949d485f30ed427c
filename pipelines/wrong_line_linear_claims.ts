/**
 * What the paper on the wrong line claims of linear classifiers.
 *
 * The directions are the paper's, from its abstract and Figure 1. Its constants could not be read, so thresholds are ours,
 * fixed before anything here was measured.
 *
 * @module
 */
import { type Claim, claim } from "../lib/claim/claim.ts";
import { above, atLeast, atMost, below, between } from "../lib/claim/expectation.ts";
import { exactly } from "../lib/claim/interval.ts";
import { derived, type Measure, numberAt } from "../lib/claim/measure.ts";
import type { Node } from "../lib/dag/node.ts";
import type { Metrics } from "../lib/kinds/metrics.ts";
import { lineStatistic } from "../lib/shift/line_through.ts";
import type { AccuracyLine } from "../lib/stats/accuracy_line.ts";
import type { WrongLinePreset } from "./wrong_line_presets.ts";

/** A node that measures. */
export type Measured = Node<typeof Metrics>;

/** Linear classifiers of one kind. */
export interface Setting {
  /** Of each seed, the accuracies at every size of training set. */
  readonly runs: readonly Measured[];
  /** The line through their means over seeds. */
  readonly line: Measured;
}

/** Classifiers that fit labels of which a share is wrong, and the bound on their nuisance weights. */
export interface Fitting extends Setting {
  /** The share of wrong labels. */
  readonly rate: number;
  /** Of each seed, what the bound on nuisance weights says. */
  readonly bounds: readonly Measured[];
}

/** The nodes whose metrics the claims of the linear world read. */
export interface LinearEvidence {
  /** Clean labels. */
  readonly clean: Fitting;
  /** Each share of wrong labels. */
  readonly noisy: readonly Fitting[];
  /** With one condition taken away. */
  readonly without: {
    readonly interpolation: { readonly weakly: Setting; readonly strongly: Setting };
    readonly nuisance: Setting;
    readonly shift: { readonly mostly: Setting; readonly entirely: Setting };
  };
}

/** Set where a preset is too small to speak: the reason. */
export interface Scale {
  /** The reason. */
  readonly outOfScale?: string;
}

/** Which lines the paper's Figure 1 shows, in a linear set-up. */
export function linearClaims(
  { clean, noisy }: LinearEvidence,
  { linear: { features, nuisance, shift, sizes } }: WrongLinePreset,
  tooSmall: Scale,
): readonly Claim[] {
  const world =
    `d = ${features} signal and k = ${nuisance.features.toLocaleString("en")} nuisance features; ` +
    `shift of standard deviation ${shift}; means over seeds at n = ${sizes.join(", ")}`;
  const strong = noisy.filter(({ rate }) => rate >= 0.1);
  const marked = noisy.filter(({ rate }) => rate === 0.1 || rate === 0.2);
  const [first, last] = [sizes[0]!, sizes.at(-1)!];
  return [
    claim({
      id: "A1a",
      source: "Fig. 1b",
      says: "without label noise accuracy is on the line: it rises with the shift's",
      evidence: "verified",
      measure: ofLine(clean.line, "slope"),
      expect: above(0),
      unit: "slope",
      note: `set-up and constants reconstructed: ${world}`,
      ...tooSmall,
    }),
    claim({
      id: "A1b",
      source: "Fig. 1b",
      says: "and closely so",
      evidence: "reconstructed",
      measure: ofLine(clean.line, "correlation"),
      expect: atLeast(0.6),
      unit: "r",
      ...tooSmall,
    }),
    ...marked.flatMap(({ rate, line }) => [
      claim({
        id: `A1c·${rate}`,
        source: "Fig. 1a",
        says: `with ${percent(rate)} of the labels wrong it is on the wrong line: it falls`,
        evidence: "verified",
        measure: ofLine(line, "slope"),
        expect: below(0),
        unit: "slope",
        ...tooSmall,
      }),
      claim({
        id: `A1d·${rate}`,
        source: "Fig. 1a",
        says: "and closely so",
        evidence: "reconstructed",
        measure: ofLine(line, "correlation"),
        expect: atMost(-0.85),
        unit: "r",
        ...tooSmall,
      }),
    ]),
    ...noisy.filter(({ rate }) => rate === 0.2).flatMap(({ runs }) => [
      claim({
        id: "A2a",
        source: "abstract",
        says: `more noisy data worsens accuracy under the shift, from n = ${first} to ${last}`,
        evidence: "verified",
        measure: derived(runs, (metrics) => change(metrics, "ood")),
        expect: atMost(-0.05),
        note: "one label in five wrong; the threshold is ours",
        ...tooSmall,
      }),
      claim({
        id: "A2b",
        source: "abstract",
        says: "while it improves accuracy as in training",
        evidence: "reconstructed",
        measure: derived(runs, (metrics) => change(metrics, "id")),
        expect: atLeast(0.1),
        ...tooSmall,
      }),
    ]),
    ...strong.map(({ rate, runs }) =>
      claim({
        id: `A3a·${rate}`,
        source: "theorem",
        says: `with ${percent(rate)} of the labels wrong, nuisance weights outgrow signal weights`,
        evidence: "reconstructed",
        measure: derived(runs, growth),
        expect: atLeast(4),
        unit: "×",
        note: `growth of ‖w_N‖ / ‖w_S‖ from n = ${first} to ${last}`,
        ...tooSmall,
      })
    ),
    claim({
      id: "A3b",
      source: "theorem",
      says: "without noise they hardly do",
      evidence: "reconstructed",
      measure: derived(clean.runs, growth),
      expect: atMost(1.6),
      unit: "×",
      ...tooSmall,
    }),
    claim({
      id: "A6",
      source: "theorem",
      says:
        "wrong labels force nuisance weights: the bound of lib/shift/bounds.ts holds for every classifier",
      evidence: "reconstructed",
      measure: violations(noisy.flatMap(({ bounds }) => bounds)),
      expect: between(0, 0),
      unit: "violations",
      note: "our own statement, proved there, in the place of the paper's theorem, which could not be read",
    }),
  ];
}

/** What remains when one of the three conditions (noise that is fitted, nuisance, shift) is taken away, at η = 0.2. */
export function ablationClaims({ without }: LinearEvidence, tooSmall: Scale): readonly Claim[] {
  return [
    claim({
      id: "A4a",
      source: "criterion",
      says: "noise that is not fitted does no harm: a ridge of 300 is on the line",
      evidence: "second-hand",
      measure: ofLine(without.interpolation.weakly.line, "correlation"),
      expect: atLeast(0.95),
      unit: "r",
      note: "least squares with a ridge, one label in five wrong",
      ...tooSmall,
    }),
    claim({
      id: "A4b",
      source: "criterion",
      says: "and so is one of 1,000",
      evidence: "second-hand",
      measure: ofLine(without.interpolation.strongly.line, "correlation"),
      expect: atLeast(0.95),
      unit: "r",
      ...tooSmall,
    }),
    claim({
      id: "A5a",
      source: "criterion",
      says: "without a shift of the nuisance, accuracy is on the diagonal",
      evidence: "reconstructed",
      measure: ofLine(without.shift.entirely.line, "slope"),
      expect: between(1, 1),
      unit: "slope",
    }),
    claim({
      id: "A5b",
      source: "criterion",
      says: "exactly",
      evidence: "reconstructed",
      measure: ofLine(without.shift.entirely.line, "correlation"),
      expect: between(1, 1),
      unit: "r",
    }),
    claim({
      id: "A5c",
      source: "criterion",
      says: "with a tenth of the shift it is still on the line",
      evidence: "reconstructed",
      measure: ofLine(without.shift.mostly.line, "slope"),
      expect: above(0),
      unit: "slope",
      ...tooSmall,
    }),
    claim({
      id: "A5d",
      source: "criterion",
      says: "without nuisance features to hold the noise, accuracy is on the diagonal",
      evidence: "reconstructed",
      measure: ofLine(without.nuisance.line, "slope"),
      expect: between(1, 1),
      unit: "slope",
      note: "a soft margin (C = 1), since no classifier fits the noise there",
    }),
  ];
}

/** A statistic of a line, with its bootstrap interval. */
export function ofLine(line: Measured, name: keyof AccuracyLine): Measure {
  return { nodes: [line], read: ([metrics]) => lineStatistic(metrics!, name) };
}

/** How many classifiers of all break the bound on nuisance weights. */
function violations(bounds: readonly Measured[]): Measure {
  return {
    nodes: bounds,
    read: (metrics) => ({
      ...exactly(metrics.reduce((sum, one) => sum + numberAt(one, "violated"), 0)),
      n: metrics.reduce((sum, one) => sum + numberAt(one, "bounded"), 0),
    }),
  };
}

/** How much an accuracy changes from the smallest training set to the largest. */
function change(metrics: Metrics, which: "id" | "ood"): number {
  return last(metrics, which) - numberAt(metrics, `points.0.${which}`);
}

/** By what factor nuisance weights grow, relative to signal weights, from the smallest training set to the largest. */
function growth(metrics: Metrics): number {
  return last(metrics, "ratio") / numberAt(metrics, "points.0.ratio");
}

function last(metrics: Metrics, name: string): number {
  return numberAt(metrics, `points.${(metrics.points as readonly unknown[]).length - 1}.${name}`);
}

/** A share in words. */
export function percent(rate: number): string {
  return `${Math.round(100 * rate)} %`;
}
