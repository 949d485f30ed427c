/**
 * The variational coding rate R^var of ToST: how many nats it takes to code the tokens of a layer, given to which
 * subspace each belongs.
 *
 * @module
 */

/** What one layer of attention shows for a batch of images. */
export interface LayerActivations {
  /** The projections U_kᵀz_j, `[images, heads, tokens, width]` in row-major order. */
  readonly projections: Float32Array;
  /** The memberships Π_jk, `[images, heads, tokens]`: for each token they sum to 1 over the heads. */
  readonly memberships: Float32Array;
  /** How many images, heads, tokens and features a head there are. */
  readonly shape: readonly [images: number, heads: number, tokens: number, width: number];
}

/** How the rate is taken. */
export interface RateOptions {
  /** d/ε² in f(x) = log(1 + (d/ε²) x). The official code computes with 1, the default. */
  readonly precision?: number;
  /**
   * Whether each token's projection onto each head is scaled to norm 1 first; true by default. Otherwise the growth of
   * ‖U‖ in training outweighs what is to be seen: how evenly the tokens spread over directions.
   */
  readonly unitTokens?: boolean;
}

/**
 * R^var of each image (arXiv 2412.17810, section 3; f concave, here f(x) = log(1 + (d/ε²) x)), in nats:
 *
 * R^var(Z, Π | U) = ½ Σ_k (n_k/n) Σ_i f((1/n_k) Σ_j Π_jk (U_kᵀz_j)_i²), with n_k = Σ_j Π_jk.
 *
 * With tokens of norm 1 it is at most ½ p log(1 + (d/ε²)/p), p being the width of a head, which it reaches when every
 * head's tokens spread evenly over its p directions.
 *
 * @example Two tokens along the two directions of one head
 * ```ts
 * import { variationalRates } from "./variational_rate.ts";
 * import { assertAlmostEquals } from "@std/assert";
 *
 * const [rate] = variationalRates({
 *   projections: new Float32Array([3, 0, 0, 5]),
 *   memberships: new Float32Array([1, 1]),
 *   shape: [1, 1, 2, 2],
 * });
 * assertAlmostEquals(rate!, Math.log(1 + 1 / 2), 1e-12);
 * ```
 */
export function variationalRates(layer: LayerActivations, options: RateOptions = {}): readonly number[] {
  const [images, heads, tokens] = layer.shape;
  return Array.from({ length: images }, (_, image) => {
    let rate = 0;
    for (let head = 0; head < heads; head++) {
      const { mass, energies } = secondMoments(layer, image * heads + head, options.unitTokens ?? true);
      const nats = energies.reduce(
        (sum, energy) => sum + Math.log1p((options.precision ?? 1) * energy / Math.max(mass, Number.EPSILON)),
        0,
      );
      rate += 0.5 * (mass / tokens) * nats;
    }
    return rate;
  });
}

/** n_k, and Σ_j Π_jk (U_kᵀz_j)_i² for each direction i of one head of one image. */
function secondMoments(
  { projections, memberships, shape: [, , tokens, width] }: LayerActivations,
  head: number,
  unitTokens: boolean,
): { readonly mass: number; readonly energies: Float64Array } {
  const energies = new Float64Array(width);
  let mass = 0;
  for (let token = 0; token < tokens; token++) {
    const row = (head * tokens + token) * width;
    const membership = memberships[head * tokens + token]!;
    let norm = 1;
    if (unitTokens) {
      norm = 0;
      for (let i = row; i < row + width; i++) norm += projections[i]! ** 2;
      norm = Math.max(norm, Number.EPSILON);
    }
    mass += membership;
    for (let i = 0; i < width; i++) energies[i]! += membership * projections[row + i]! ** 2 / norm;
  }
  return { mass, energies };
}

/**
 * How a curve over layers changes with depth: the mean of its last third against the mean of its first, relative to
 * the first. −0.1 is a fall of 10 %. A third of L layers is L/3 of them, rounded, and at least one.
 *
 * @example Usage
 * ```ts
 * import { changeWithDepth } from "./variational_rate.ts";
 * import { assertAlmostEquals } from "@std/assert";
 *
 * assertAlmostEquals(changeWithDepth([10, 10, 9, 9, 8, 8]), -0.2, 1e-12);
 * ```
 */
export function changeWithDepth(curve: readonly number[]): number {
  const third = Math.max(1, Math.round(curve.length / 3));
  const mean = (part: readonly number[]) => part.reduce((sum, value) => sum + value, 0) / part.length;
  const first = mean(curve.slice(0, third));
  return (mean(curve.slice(-third)) - first) / Math.abs(first);
}
