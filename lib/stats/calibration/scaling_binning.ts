/**
 * Scaling-binning (Kumar, Liang and Ma 2019, arXiv 1909.10155): a smooth curve, then the mean of each of its bins.
 *
 * @module
 */
import { equalParts } from "./errors.ts";
import { type Forecasts, logarithm, needForecasts, softmax } from "./forecasts.ts";
import { fitPlatt, type PlattCurve, plattProbability } from "./platt.ts";

/** How scaling-binning is done. */
export interface ScalingBinning {
  /** Bins of equal mass for each class: 10 in the paper on in-context learning. */
  readonly bins: number;
  /**
   * Whether to do as that paper's program does: it clips unnormalised scores where probabilities are meant, and takes the
   * softmax of the calibrated probabilities. The default does neither, and divides them by their sum.
   */
  readonly quirk?: boolean;
}

/** A fitted scaling-binning: for each class a curve, the upper edges of its bins, and what they stand for. */
export interface Binner {
  /** How it was done. */
  readonly how: ScalingBinning;
  /** One a class. */
  readonly classes: readonly {
    readonly curve: PlattCurve;
    readonly edges: readonly number[];
    readonly means: readonly number[];
  }[];
}

/**
 * Fits the marginal form: for each class a Platt curve on the logit of its probability, cut into bins of equal mass.
 *
 * @param forecasts Forecasts that are not those to be judged afterwards: at least as many as there are bins.
 * @throws {ForecastError} On fewer.
 */
export function fitScalingBinning(forecasts: Forecasts, how: ScalingBinning): Binner {
  needForecasts(forecasts, how.bins, `Scaling-binning with ${how.bins} bins`);
  return {
    how,
    classes: Array.from({ length: forecasts.classes }, (_, place) => {
      const scores = scoresOf(forecasts, place, how);
      const happened = Float64Array.from(forecasts.labels, (label) => label === place ? 1 : 0);
      const curve = fitPlatt(scores, happened);
      const scaled = Array.from(scores, (score) => plattProbability(curve, score)).sort((a, b) => a - b);
      const edges = edgesOf(scaled, how.bins);
      return { curve, edges, means: meansOf(scaled, edges) };
    }),
  };
}

/** Forecasts after a fitted scaling-binning. */
export function binned(forecasts: Forecasts, { how, classes: fitted }: Binner): Forecasts {
  const { classes, labels } = forecasts;
  const probabilities = new Float64Array(forecasts.probabilities.length);
  fitted.forEach(({ curve, edges, means }, place) =>
    scoresOf(forecasts, place, how).forEach((score, row) => {
      probabilities[row * classes + place] = means[binAt(edges, plattProbability(curve, score))]!;
    })
  );
  for (let row = 0; row < labels.length; row++) {
    const values = probabilities.subarray(row * classes, (row + 1) * classes);
    const sum = values.reduce((total, value) => total + value, 0);
    values.set(how.quirk ? softmax(values) : values.map((value) => value / sum));
  }
  return { classes, probabilities, labels };
}

/** The logit of a class's probability, or what the quirk makes of it. */
function scoresOf({ classes, probabilities, labels }: Forecasts, place: number, { quirk }: ScalingBinning) {
  return Float64Array.from(labels, (_, row) => {
    const probability = probabilities[row * classes + place]!;
    const share = Math.min(1 - 1e-12, Math.max(1e-12, quirk ? logarithm(probability) : probability));
    return Math.log(share / (1 - share));
  });
}

/** Halfway between the last number of a bin and the first of the next; the last edge is 1. */
function edgesOf(sorted: readonly number[], bins: number): readonly number[] {
  const parts = equalParts(sorted, bins);
  const between = parts.slice(0, -1).map((part, index) => (part.at(-1)! + parts[index + 1]![0]!) / 2);
  return [...new Set([...between, 1])].sort((a, b) => a - b);
}

/** The mean of the numbers in each bin, or its middle where it holds none. */
function meansOf(sorted: readonly number[], edges: readonly number[]): readonly number[] {
  const bins: number[][] = edges.map(() => []);
  for (const value of sorted) bins[binAt(edges, value)]!.push(value);
  return bins.map((values, bin) =>
    values.length > 0
      ? values.reduce((sum, value) => sum + value, 0) / values.length
      : ((edges[bin - 1] ?? 0) + edges[bin]!) / 2
  );
}

/** The first bin whose upper edge is not below a number. */
function binAt(edges: readonly number[], value: number): number {
  const bin = edges.findIndex((edge) => value <= edge);
  return bin < 0 ? edges.length - 1 : bin; // rounding may lift a value above 1
}
