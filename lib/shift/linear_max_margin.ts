/**
 * The classifier of largest margin in the linear set-up.
 *
 * @module
 */
import type { LinearWeights } from "./bounds.ts";
import type { LinearExamples, Rows } from "./examples.ts";
import { type Examined, fitMaxMargin, type MaxMarginOptions } from "./max_margin.ts";

/**
 * Fits the classifier of largest margin to examples with signal and nuisance features.
 *
 * @throws {NotSeparable} When no classifier has all examples on their labels' sides, and no penalty is given.
 */
export function fitLinearMaxMargin(examples: LinearExamples, options: MaxMarginOptions = {}): LinearWeights {
  const { weights, ...examined } = byFeatures(examples);
  fitMaxMargin(examined, examples.labels, options);
  return weights;
}

/** Examples as a support vector machine meets them, and the weights that it gives their features. */
function byFeatures(
  { count, signal, nuisance }: LinearExamples,
): Examined & { readonly weights: LinearWeights } {
  const weights = { signal: new Float64Array(signal.width), nuisance: new Float64Array(nuisance.width) };
  // Nuisance coordinates are lower triangular: row i ends at column i.
  const reach = (row: number) => Math.min(row + 1, nuisance.width);
  const squares = Float64Array.from(
    { length: count },
    (_, row) =>
      product(signal, row, rowOf(signal, row), signal.width) +
      product(nuisance, row, rowOf(nuisance, row), reach(row)),
  );
  return {
    weights,
    count,
    square: (row) => squares[row]!,
    score: (row) =>
      product(signal, row, weights.signal, signal.width) +
      product(nuisance, row, weights.nuisance, reach(row)),
    add: (row, factor) => {
      addRow(weights.signal, signal, row, factor, signal.width);
      addRow(weights.nuisance, nuisance, row, factor, reach(row));
    },
  };
}

function rowOf({ width, data }: Rows, row: number): Float64Array {
  return data.subarray(row * width, (row + 1) * width);
}

/** The product of a row's beginning with a vector. In four sums, as each addition waits for the one before. */
function product({ width, data }: Rows, row: number, vector: Float64Array, end: number): number {
  const start = row * width;
  const whole = end - end % 4;
  let [a, b, c, d] = [0, 0, 0, 0];
  for (let column = 0; column < whole; column += 4) {
    const at = start + column;
    a += data[at]! * vector[column]!;
    b += data[at + 1]! * vector[column + 1]!;
    c += data[at + 2]! * vector[column + 2]!;
    d += data[at + 3]! * vector[column + 3]!;
  }
  for (let column = whole; column < end; column += 1) a += data[start + column]! * vector[column]!;
  return a + b + (c + d);
}

function addRow(sum: Float64Array, { width, data }: Rows, row: number, factor: number, end: number): void {
  const start = row * width;
  for (let column = 0; column < end; column += 1) sum[column]! += factor * data[start + column]!;
}
