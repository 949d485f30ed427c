/**
 * Accuracy on the line: how accuracy where a model was trained and accuracy elsewhere go together over many models.
 *
 * Miller et al., "Accuracy on the Line", 2021: under a probit transform of both axes the points of many models lie on a
 * straight line.
 *
 * @module
 */
import { TooFewPoints } from "./line.ts";
import { probit } from "./normal.ts";

/** The accuracies of one model, shares from 0 to 1. */
export interface Accuracies {
  /** On data like those it was trained on. */
  readonly id: number;
  /** On shifted data. */
  readonly ood: number;
}

/** A line through the accuracies of many models. */
export interface AccuracyLine {
  /** Slope in probits of accuracy: how much OOD rises when ID rises by one. */
  readonly slope: number;
  /** The OOD probit at an ID accuracy of ½. */
  readonly intercept: number;
  /** Pearson's correlation r of the probits. */
  readonly correlation: number;
  /** The share r² of the variance of the OOD probits that the line explains. */
  readonly explained: number;
  /** Pearson's correlation of the accuracies themselves. */
  readonly rawCorrelation: number;
}

/** Accuracies closer than this to 0 or 1 count as that close: a probit has no end. */
const MARGIN = 1e-3;

/** The probit of an accuracy, which is first brought to at least 0.001 from 0 and from 1. */
export function accuracyProbit(accuracy: number): number {
  return probit(Math.min(1 - MARGIN, Math.max(MARGIN, accuracy)));
}

/**
 * Fits a line of least squares to the probits of accuracies.
 *
 * @example Models that lose nothing outside lie on the diagonal
 * ```ts
 * import { fitAccuracyLine } from "./accuracy_line.ts";
 * import { assertEquals } from "@std/assert";
 *
 * const { slope, correlation } = fitAccuracyLine([0.7, 0.8, 0.95].map((id) => ({ id, ood: id })));
 * assertEquals([slope, correlation], [1, 1]);
 * ```
 *
 * @throws {TooFewPoints} With fewer than two points, or when all have one ID accuracy. A flat line has correlation 0.
 */
export function fitAccuracyLine(points: readonly Accuracies[]): AccuracyLine {
  const probits = moments(points.map(({ id, ood }) => [accuracyProbit(id), accuracyProbit(ood)]));
  const raw = moments(points.map(({ id, ood }) => [id, ood]));
  if (points.length < 2 || probits.xx === 0) {
    throw new TooFewPoints({
      message: `a line through accuracies needs 2 models that differ in ID accuracy, got ${points.length}`,
    });
  }
  const slope = probits.xy / probits.xx;
  const correlation = correlationOf(probits);
  return {
    slope,
    intercept: probits.meanY - slope * probits.meanX,
    correlation,
    explained: correlation ** 2,
    rawCorrelation: correlationOf(raw),
  };
}

/**
 * The mean accuracies over repeated runs, place by place.
 *
 * @param runs Of each seed, the accuracies of the same list of models; undefined for one that does not count. A place
 * where none counts has no mean.
 */
export function meanAccuracies(
  runs: readonly (readonly (Accuracies | undefined)[])[],
): readonly Accuracies[] {
  return (runs[0] ?? []).flatMap((_, place) => {
    const counted = runs.map((run) => run[place]).filter((one) => one !== undefined);
    const mean = (which: keyof Accuracies) =>
      counted.reduce((sum, one) => sum + one[which], 0) / counted.length;
    return counted.length === 0 ? [] : [{ id: mean("id"), ood: mean("ood") }];
  });
}

interface Moments {
  readonly meanX: number;
  readonly meanY: number;
  readonly xx: number;
  readonly xy: number;
  readonly yy: number;
}

function moments(pairs: readonly (readonly [number, number])[]): Moments {
  const meanX = pairs.reduce((sum, [x]) => sum + x, 0) / pairs.length;
  const meanY = pairs.reduce((sum, [, y]) => sum + y, 0) / pairs.length;
  const product = (f: (pair: readonly [number, number]) => number) =>
    pairs.reduce((sum, pair) => sum + f(pair), 0);
  return {
    meanX,
    meanY,
    xx: product(([x]) => (x - meanX) ** 2),
    xy: product(([x, y]) => (x - meanX) * (y - meanY)),
    yy: product(([, y]) => (y - meanY) ** 2),
  };
}

function correlationOf({ xx, xy, yy }: Moments): number {
  return xx === 0 || yy === 0 ? 0 : xy / Math.sqrt(xx * yy);
}
