/**
 * The classifier of largest margin in the linear set-up.
 *
 * @module
 */
import type { LinearWeights } from "./bounds.ts";
import { openKernel64 } from "../tensor/simd64.ts";
import type { LinearExamples } from "./examples.ts";
import { type Examined, fitMaxMargin, type MaxMarginOptions } from "./max_margin.ts";

/**
 * Fits the classifier of largest margin to examples with signal and nuisance features.
 *
 * @throws {NotSeparable} When no classifier has all examples on their labels' sides, and no penalty is given.
 */
export function fitLinearMaxMargin(examples: LinearExamples, options: MaxMarginOptions = {}): LinearWeights {
  const { signal, nuisance } = examples;
  const { examined, weights } = byFeatures(examples);
  fitMaxMargin(examined, examples.labels, options);
  const found = weights();
  return {
    signal: found.slice(0, signal.width),
    nuisance: found.slice(signal.width, signal.width + nuisance.width),
  };
}

/**
 * Examples as a support vector machine meets them, by their features, signal before nuisance, and the weights that it
 * comes to. The rows lie one after the other behind the weights, each padded with zeros. Nuisance coordinates are lower
 * triangular: row i ends with i.
 */
function byFeatures(
  { count, signal, nuisance }: LinearExamples,
): { readonly examined: Examined; readonly weights: () => Float64Array } {
  const reach = (row: number) => Math.min(row + 1, nuisance.width);
  const lengths = Int32Array.from({ length: count }, (_, row) => padded(signal.width + reach(row)));
  const width = padded(signal.width + nuisance.width);
  const starts = new Int32Array(count);
  for (let row = 0; row < count; row += 1) {
    starts[row] = row === 0 ? width : starts[row - 1]! + lengths[row - 1]!;
  }
  const { reserve, numbers, product, add } = openKernel64();
  reserve(width + lengths.reduce((sum, length) => sum + length, 0));
  const memory = numbers();
  for (let row = 0; row < count; row += 1) {
    const [start, own, other] = [starts[row]!, row * signal.width, row * nuisance.width];
    memory.set(signal.data.subarray(own, own + signal.width), start);
    memory.set(nuisance.data.subarray(other, other + reach(row)), start + signal.width);
  }
  const squares = Float64Array.from(starts, (start, row) => product(start, start, lengths[row]!));
  return {
    examined: {
      count,
      square: (example) => squares[example]!,
      score: (example) => product(starts[example]!, 0, lengths[example]!),
      add: (example, factor) => add(0, starts[example]!, lengths[example]!, factor),
    },
    weights: () => memory.subarray(0, width),
  };
}

/** A length, rounded up to a multiple of 4. */
function padded(length: number): number {
  return (length + 3) & ~3;
}
