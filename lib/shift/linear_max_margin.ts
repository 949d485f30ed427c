/**
 * The classifier of largest margin in the linear set-up.
 *
 * @module
 */
import type { LinearWeights } from "./bounds.ts";
import type { LinearExamples } from "./examples.ts";
import { type Examined, fitMaxMargin, type MaxMarginOptions } from "./max_margin.ts";

/**
 * Fits the classifier of largest margin to examples with signal and nuisance features.
 *
 * @throws {NotSeparable} When no classifier has all examples on their labels' sides, and no penalty is given.
 */
export function fitLinearMaxMargin(examples: LinearExamples, options: MaxMarginOptions = {}): LinearWeights {
  const { signal, nuisance } = examples;
  const weights = new Float64Array(signal.width + nuisance.width);
  fitMaxMargin(byFeatures(rowsOf(examples), weights), examples.labels, options);
  return { signal: weights.slice(0, signal.width), nuisance: weights.slice(signal.width) };
}

/** The features of each example, signal before nuisance. Nuisance coordinates are lower triangular: row i ends with i. */
function rowsOf({ count, signal, nuisance }: LinearExamples): readonly Float64Array[] {
  return Array.from({ length: count }, (_, i) => {
    const reach = Math.min(i + 1, nuisance.width);
    const row = new Float64Array(signal.width + reach);
    row.set(signal.data.subarray(i * signal.width, (i + 1) * signal.width));
    row.set(nuisance.data.subarray(i * nuisance.width, i * nuisance.width + reach), signal.width);
    return row;
  });
}

/** Examples as a support vector machine meets them; what it learns goes into the weights. */
function byFeatures(rows: readonly Float64Array[], weights: Float64Array): Examined {
  const squares = rows.map((row) => product(row, row));
  return {
    count: rows.length,
    square: (example) => squares[example]!,
    score: (example) => product(rows[example]!, weights),
    add: (example, factor) => {
      const row = rows[example]!;
      for (let column = 0; column < row.length; column += 1) weights[column]! += factor * row[column]!;
    },
  };
}

/** The product of a row with the beginning of a vector. */
function product(row: Float64Array, vector: Float64Array): number {
  let sum = 0;
  for (let column = 0; column < row.length; column += 1) sum += row[column]! * vector[column]!;
  return sum;
}
