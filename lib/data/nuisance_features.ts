/**
 * Gaussian nuisance features: many numbers beside each example, which say nothing of its label.
 *
 * @module
 */
import { chiSquare } from "./chi_square.ts";
import { normal } from "./random.ts";

/** How many nuisance features there are, and how large. */
export interface NuisanceFeatures {
  /** How many, k. */
  readonly features: number;
  /** The standard deviation of each, σ_N. */
  readonly scale: number;
  /** The seed. */
  readonly seed: number;
}

/**
 * Draws nuisance features x_N ~ N(0, σ_N² I_k) for n examples, as n × min(n, k) numbers.
 *
 * Where k > n, the examples span at most n of the k dimensions, and which ones says nothing: what is drawn is their
 * coordinates in an orthonormal basis of that span. By Bartlett's decomposition of the Wishart distribution, these are
 * σ_N times the rows of a lower triangular matrix with χ(k), χ(k − 1), … on its diagonal and N(0, 1) below it. Every
 * length and angle between examples is distributed as that of k features, none of which is ever stored.
 *
 * Fewer examples are the beginning of more, as long as k ≥ n.
 *
 * @param count How many examples, n.
 * @param nuisance How many features, how large, and the seed.
 * @returns Row after row.
 */
export function drawNuisance(count: number, { features, scale, seed }: NuisanceFeatures): Float64Array {
  const width = Math.min(count, features);
  const rows = new Float64Array(count * width);
  const squares = chiSquare(
    { seed, stream: "gaussian-nuisance/diagonal" },
    Array.from({ length: width }, (_, place) => features - place),
  );
  for (let row = 0; row < count; row += 1) {
    const below = Math.min(row, width);
    const draws = normal({ seed, stream: "gaussian-nuisance", step: row }, below);
    for (let column = 0; column < below; column += 1) rows[row * width + column] = scale * draws[column]!;
    if (row < width) rows[row * width + row] = scale * Math.sqrt(squares[row]!);
  }
  return rows;
}
