/**
 * Platt scaling: a logistic curve from one score to the probability of an event (Platt 1999).
 *
 * @module
 */

/** A fitted curve: p = 1 / (1 + e^−(slope · score + intercept)). */
export interface PlattCurve {
  /** Its slope. */
  readonly slope: number;
  /** Its intercept. */
  readonly intercept: number;
}

/** The inverse strength of regularisation in the programs of the literature: as good as none. */
const C = 1e10;

/**
 * Fits the curve by Newton's method: the likeliest one, with slope²/2C added so that there is one where the score parts the
 * events perfectly.
 *
 * @param scores A score for each example.
 * @param happened 1 where the event happened, else 0.
 */
export function fitPlatt(scores: ArrayLike<number>, happened: ArrayLike<number>): PlattCurve {
  let curve: PlattCurve = { slope: 0, intercept: 0 };
  let loss = lossOf(curve, scores, happened);
  for (let step = 0; step < 200; step++) {
    const { gradient: [bySlope, byIntercept], hessian: [ss, si, ii] } = derivatives(curve, scores, happened);
    const determinant = ss * ii - si * si;
    // Constant scores leave the slope open, and the intercept alone is fitted.
    const change = determinant > 1e-12 * ss * ii
      ? {
        slope: (ii * bySlope - si * byIntercept) / determinant,
        intercept: (ss * byIntercept - si * bySlope) / determinant,
      }
      : { slope: 0, intercept: byIntercept / ii };
    let next = curve;
    let lower = loss;
    for (let share = 1; share > 1e-6; share /= 2) {
      next = {
        slope: curve.slope - share * change.slope,
        intercept: curve.intercept - share * change.intercept,
      };
      lower = lossOf(next, scores, happened);
      if (lower <= loss) break;
    }
    const gain = loss - lower;
    if (!(gain > 0)) return curve;
    [curve, loss] = [next, lower];
    if (gain < 1e-12 * (1 + loss)) return curve;
  }
  return curve;
}

/** The probability that a curve gives to a score. */
export function plattProbability({ slope, intercept }: PlattCurve, score: number): number {
  return 1 / (1 + Math.exp(-(slope * score + intercept)));
}

function lossOf(
  { slope, intercept }: PlattCurve,
  scores: ArrayLike<number>,
  happened: ArrayLike<number>,
): number {
  let total = slope ** 2 / (2 * C);
  for (let row = 0; row < scores.length; row++) {
    const logit = slope * scores[row]! + intercept;
    total += Math.max(logit, 0) - happened[row]! * logit + Math.log1p(Math.exp(-Math.abs(logit)));
  }
  return total;
}

function derivatives(curve: PlattCurve, scores: ArrayLike<number>, happened: ArrayLike<number>): {
  readonly gradient: readonly [number, number];
  readonly hessian: readonly [number, number, number];
} {
  let [bySlope, byIntercept, ss, si, ii] = [curve.slope / C, 0, 1 / C, 0, 0];
  for (let row = 0; row < scores.length; row++) {
    const score = scores[row]!;
    const probability = plattProbability(curve, score);
    const excess = probability - happened[row]!;
    const weight = Math.max(probability * (1 - probability), Number.MIN_VALUE);
    bySlope += excess * score;
    byIntercept += excess;
    ss += weight * score * score;
    si += weight * score;
    ii += weight;
  }
  return { gradient: [bySlope, byIntercept], hessian: [ss, si, ii] };
}
