/**
 * Regularised rate reduction, `F(Z) = R(Z) − R_c(Z) − λ/2 ‖Z‖²`, and its gradient.
 *
 * Tokens are rows here, those of a class next to each other: a matrix of features is Zᵀ.
 *
 * @module
 */
import { logDetGram64, type Matrix64 } from "../tensor/linalg64.ts";
import {
  type Inverse64,
  inversePositive64,
  outerGram64,
  product64,
  productTransposed64,
  rows64,
  transpose64,
} from "../tensor/product64.ts";
import { type Problem, ProblemError, startsOf, total } from "./problem.ts";

/** R(Z) = ½ log det(I + α Z Zᵀ): nats to code all tokens together. */
export function codingRate(features: Matrix64, alpha: number): number {
  return logDetGram64(features, alpha) / 2;
}

/** The tokens of each class, without a copy. */
export function classesOf(features: Matrix64, counts: readonly number[]): readonly Matrix64[] {
  const starts = startsOf(counts);
  return counts.map((count, index) => rows64(features, starts[index]!, count));
}

/** R_c(Z) = Σ m_k/(2m) log det(I + α_k Z_k Z_kᵀ): nats to code the tokens class by class. */
export function classRate(problem: Omit<Problem, "lambda">, features: Matrix64): number {
  const { counts, tokens, alphas } = problem;
  return total(
    classesOf(features, counts).map((own, index) =>
      counts[index]! / tokens * codingRate(own, alphas[index]!)
    ),
  );
}

/** ΔR(Z) = R(Z) − R_c(Z), the rate reduction: never negative. */
export function rateReduction(problem: Omit<Problem, "lambda">, features: Matrix64): number {
  return codingRate(features, problem.alpha) - classRate(problem, features);
}

/** F and its gradient at a point. */
export interface Evaluated {
  /** F. */
  readonly value: number;
  /** ∇F, in the shape of the features. */
  readonly gradient: Matrix64;
}

/**
 * F and its gradient, `∇_k F = α (I + α Z Zᵀ)⁻¹ Z_k − α (I + α_k Z_k Z_kᵀ)⁻¹ Z_k − λ Z_k`.
 *
 * @param features `[m, d]`.
 * @throws {ProblemError} When the features are not those of the problem.
 */
export function evaluate(problem: Problem, features: Matrix64): Evaluated {
  checkFeatures(problem, features);
  const { alpha, alphas, lambda, counts, tokens } = problem;
  const { data } = features;
  const all = damped(features, alpha);
  const together = all.times(features).data;
  const gradient = new Float64Array(data.length);
  let value = all.logDet / 2;
  let place = 0;
  classesOf(features, counts).forEach((tokensOfClass, index) => {
    const own = damped(tokensOfClass, alphas[index]!);
    value -= counts[index]! / (2 * tokens) * own.logDet;
    const apart = own.times(tokensOfClass).data;
    for (let at = 0; at < apart.length; at++, place++) {
      gradient[place] = alpha * (together[place]! - apart[at]!) - lambda * data[place]!;
    }
  });
  return { value: value - lambda / 2 * squaredNorm(data), gradient: { ...features, data: gradient } };
}

/** The sum of squares. */
export function squaredNorm(data: Float64Array): number {
  let sum = 0;
  for (let index = 0; index < data.length; index++) sum += data[index]! * data[index]!;
  return sum;
}

/**
 * What `I + α Z Zᵀ` does, through the smaller of the two Gram matrices: `(I + αZZᵀ)⁻¹ Z = Z (I + αZᵀZ)⁻¹`.
 */
interface Damped {
  /** Its log determinant. */
  readonly logDet: number;
  /** The features `Zᵀ (I + α Z Zᵀ)⁻¹`. */
  readonly times: (features: Matrix64) => Matrix64;
}

function damped(features: Matrix64, alpha: number): Damped {
  const fewTokens = features.rows < features.columns;
  const { inverse, logDet } = shiftedInverse(fewTokens ? features : transpose64(features), alpha);
  return {
    logDet,
    times: (z) => fewTokens ? product64(inverse, z) : productTransposed64(z, inverse),
  };
}

/** The inverse of `I + α A Aᵀ`. */
export function shiftedInverse(a: Matrix64, alpha: number): Inverse64 {
  const gram = outerGram64(a);
  const { rows: n, data } = gram;
  for (let index = 0; index < data.length; index++) data[index]! *= alpha;
  for (let index = 0; index < n; index++) data[index * (n + 1)]! += 1;
  return inversePositive64(gram);
}

/**
 * Checks that features are those of a problem.
 *
 * @throws {ProblemError} When they are not.
 */
export function checkFeatures({ tokens, dimension }: Problem, { rows, columns }: Matrix64): void {
  if (rows === tokens && columns === dimension) return;
  throw new ProblemError({
    message:
      `The features are ${rows} tokens of ${columns} numbers; the problem has ${tokens} of ${dimension}.`,
  });
}
