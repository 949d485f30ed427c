/**
 * The accuracy of linear classifiers in closed form: no test set, so no test error.
 *
 * @module
 */
import { normalCdf } from "../stats/normal.ts";

/** What a linear classifier's accuracy depends on. */
export interface LinearClassifier {
  /** Its weights on the signal features, w_S; the first feature carries the label. */
  readonly signal: ArrayLike<number>;
  /** The length ‖w_N‖ of its weights on the nuisance features. */
  readonly nuisanceNorm: number;
}

/**
 * The accuracy of sign(w·x) where x_S ~ N(0, I), y = sign(x₁), and x_N ~ N(0, v I):
 *
 * acc(v) = 1 − arccos(w₁ / √(‖w_S‖² + v ‖w_N‖²)) / π.
 *
 * A shift x_N + δ with δ ~ N(0, s² I) turns v = σ_N² into σ_N² + s².
 *
 * @example Nuisance weights cost nothing until there is nuisance
 * ```ts
 * import { gaussianAccuracy } from "./accuracy.ts";
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(gaussianAccuracy({ signal: [1, 0], nuisanceNorm: 5 }, 0), 1);
 * assertEquals(gaussianAccuracy({ signal: [0, 1], nuisanceNorm: 5 }, 1), 0.5);
 * ```
 *
 * @param classifier The classifier.
 * @param variance The variance v of each nuisance feature.
 */
export function gaussianAccuracy({ signal, nuisanceNorm }: LinearClassifier, variance: number): number {
  const length = Math.sqrt(squaredLength(signal) + variance * nuisanceNorm ** 2);
  if (length === 0) return 0.5;
  return 1 - Math.acos(Math.min(1, Math.max(-1, signal[0]! / length))) / Math.PI;
}

/**
 * The accuracy of sign(w·x) where x_S = y g e₁ + N(0, σ_S² I) and x_N ~ N(0, v I): Φ(g w₁ / √(σ_S² ‖w_S‖² + v ‖w_N‖²)).
 *
 * @param classifier The classifier.
 * @param mixture The classes' half distance g and their standard deviation σ_S.
 * @param variance The variance v of each nuisance feature.
 */
export function mixtureAccuracy(
  { signal, nuisanceNorm }: LinearClassifier,
  mixture: { readonly gap: number; readonly deviation: number },
  variance: number,
): number {
  const spread = Math.sqrt(mixture.deviation ** 2 * squaredLength(signal) + variance * nuisanceNorm ** 2);
  const score = mixture.gap * signal[0]!;
  return spread === 0 ? (1 + Math.sign(score)) / 2 : normalCdf(score / spread);
}

function squaredLength(vector: ArrayLike<number>): number {
  let sum = 0;
  for (let place = 0; place < vector.length; place += 1) sum += vector[place]! ** 2;
  return sum;
}
