/**
 * The optima of regularised rate reduction in closed form (arXiv 2406.01909, theorem 1).
 *
 * Where the classes lie in orthogonal subspaces, F is a sum over directions: each contributes h_k(x), with x the square of
 * the singular value of class k along it.
 *
 * @module
 */
import { largestLambda, type Problem, ProblemError, problemOf, type Sizes, total } from "./problem.ts";

/** Where h_k is stationary: squares of singular values. */
export interface Stationary {
  /** x⁻, a minimum of h_k: a singular value that starts below √x⁻ falls to zero. */
  readonly barrier: number;
  /** x⁺, a maximum of h_k: the square at which singular values settle. */
  readonly peak: number;
}

/** `η_k = α_k − α − λ (m/m_k + 1)`: real roots x_k^± need η_k ≥ 2λ√(m/m_k). */
export function eta({ lambda, tokens, alpha, alphas, counts }: Problem, index: number): number {
  return alphas[index]! - alpha - lambda * (tokens / counts[index]! + 1);
}

/**
 * The squares of singular values of a class at which F is stationary:
 * `x_k^± = (η_k ± √(η_k² − 4λ²m/m_k)) / (2λα_k)`.
 */
export function stationary(problem: Problem, index: number): Stationary {
  const { lambda, tokens, alphas, counts } = problem;
  const [own, share, middle] = [alphas[index]!, tokens / counts[index]!, eta(problem, index)];
  // At λ_max the two roots meet, and rounding could make the root's argument negative.
  const root = Math.sqrt(Math.max(0, middle ** 2 - 4 * lambda ** 2 * share));
  const peak = (middle + root) / (2 * lambda * own);
  return { barrier: share / own ** 2 / peak, peak }; // x⁻x⁺ = m / (m_k α_k²); their difference would cancel
}

/** h_k(x) = ½ log(1 + αx) − m_k/(2m) log(1 + α_k x) − λx/2: what one direction of a class contributes to F. */
export function gain({ lambda, tokens, alpha, alphas, counts }: Problem, index: number, x: number): number {
  return Math.log1p(alpha * x) / 2 - counts[index]! / (2 * tokens) * Math.log1p(alphas[index]! * x) -
    lambda * x / 2;
}

/** h_k(x_k⁺): what one direction of a class contributes at its best. */
export function bestGain(problem: Problem, index: number): number {
  return gain(problem, index, stationary(problem, index).peak);
}

/**
 * F at a local maximum whose classes have given ranks: Σ r_k h_k(x_k⁺).
 *
 * @throws {ProblemError} When no local maximum has these ranks.
 */
export function valueOfRanks(problem: Problem, ranks: readonly number[]): number {
  checkRanks(problem, ranks);
  return total(ranks.map((rank, index) => rank === 0 ? 0 : rank * bestGain(problem, index)));
}

/** An optimum: its ranks, and F. */
export interface Optimum {
  /** The rank of each class. */
  readonly ranks: readonly number[];
  /** F. */
  readonly value: number;
}

/**
 * The global optimum by theorem 1 (ii): the small classes are filled first, each up to min(m_k, d), until the ranks sum to
 * min(m, d). Among classes of one size any split is as good; here the first takes all.
 *
 * It holds while a direction of each class in it is worth something, h_k(x_k⁺) > 0; see {@linkcode turningPoint}.
 */
export function globalOptimum(problem: Problem): Optimum {
  const { counts, dimension, tokens } = problem;
  const ranks = counts.map(() => 0);
  let left = Math.min(tokens, dimension);
  for (const index of counts.keys().toArray().toSorted((a, b) => counts[a]! - counts[b]!)) {
    ranks[index] = Math.min(counts[index]!, dimension, left);
    left -= ranks[index]!;
  }
  return { ranks, value: valueOfRanks(problem, ranks) };
}

/**
 * The dimension of the set of local maxima that the symmetries of F, `Z → Q Z Diag(V_k)`, make of one: with R = Σ r_k,
 * `Rd − R(R+1)/2 + Σ (m_k r_k − r_k(r_k+1)/2) − Σ r_k(r_k−1)/2`.
 *
 * @throws {ProblemError} When no local maximum has these ranks.
 */
export function orbitDimension(problem: Problem, ranks: readonly number[]): number {
  checkRanks(problem, ranks);
  const all = total(ranks);
  return all * problem.dimension - all * (all + 1) / 2 +
    total(ranks.map((rank, index) => problem.counts[index]! * rank - rank ** 2));
}

/**
 * The λ, as a share of λ_max, from which on a direction of a class takes more than it gives: h_k(x_k⁺) = 0. Beyond it
 * F(0) = 0 is above the point that theorem 1 (ii) calls global.
 *
 * @returns Undefined when that never happens up to λ_max.
 */
export function turningPoint(sizes: Sizes, index: number): number | undefined {
  const most = largestLambda(sizes);
  const worth = (share: number) => bestGain(problemOf({ ...sizes, lambda: share * most }), index);
  if (worth(1) >= 0) return undefined;
  let [low, high] = [1e-6, 1];
  while (high - low > 1e-14) {
    const middle = (low + high) / 2;
    if (worth(middle) > 0) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
}

/** h(x⁺) of the first class, in units of its value at the least of some shares of λ_max, at each of them. */
export function valueAcross(sizes: Sizes, shares: readonly number[]): readonly number[] {
  const most = largestLambda(sizes);
  const values = shares.map((share) => bestGain(problemOf({ ...sizes, lambda: share * most }), 0));
  return values.map((value) => value / values[0]!);
}

/**
 * Checks that a local maximum can have these ranks: r_k ≤ min(m_k, d) and Σ r_k ≤ min(m, d).
 *
 * @throws {ProblemError} When it cannot, saying which rank is too high.
 */
export function checkRanks({ counts, dimension, tokens }: Problem, ranks: readonly number[]): void {
  if (ranks.length !== counts.length) {
    throw new ProblemError({ message: `There are ${ranks.length} ranks for ${counts.length} classes.` });
  }
  ranks.forEach((rank, index) => {
    const most = Math.min(counts[index]!, dimension);
    if (!Number.isInteger(rank) || rank < 0 || rank > most) {
      throw new ProblemError({
        message: `Class ${index} is given the rank ${rank}; with ${counts[index]} tokens in ` +
          `${dimension} dimensions it can have 0 to ${most}.`,
      });
    }
  });
  if (total(ranks) > Math.min(tokens, dimension)) {
    throw new ProblemError({
      message: `The ranks ${ranks.join(", ")} sum to ${total(ranks)}; orthogonal subspaces in ${dimension} ` +
        `dimensions have room for ${Math.min(tokens, dimension)}.`,
    });
  }
}
