import { assert, assertAlmostEquals, assertThrows } from "@std/assert";
import { normal } from "../../lib/data/random.ts";
import { byWords } from "../../lib/shift/bags.ts";
import { combine } from "../../lib/shift/gram.ts";
import { byGram, fitMaxMargin, NotSeparable } from "../../lib/shift/max_margin.ts";
import { fitRidge } from "../../lib/shift/ridge.ts";
import { gram64, matrix64 } from "../../lib/tensor/linalg64.ts";
import reference from "./reference.json" with { type: "json" };

/** Rows as a matrix, its Gram matrix, and weights from coefficients. */
function rowsOf(x: readonly (readonly number[])[]) {
  const { columns: width, data } = matrix64(x);
  return {
    gram: gram64(matrix64(x)),
    weights: (coefficients: Float64Array) => combine({ width, data }, coefficients),
  };
}

Deno.test("fitMaxMargin() finds the largest margin that scikit-learn and SciPy find", () => {
  const { x, y, weights } = reference.hard;
  const rows = rowsOf(x);
  const { coefficients } = fitMaxMargin(byGram(rows.gram), y, { tolerance: 1e-10, sweeps: 1e6 });
  rows.weights(coefficients).forEach((weight, place) => assertAlmostEquals(weight, weights[place]!, 1e-7));
});

Deno.test("fitMaxMargin() finds scikit-learn's soft margin", () => {
  const { x, y, penalty, weights } = reference.soft;
  const rows = rowsOf(x);
  const { coefficients } = fitMaxMargin(byGram(rows.gram), y, { penalty, tolerance: 1e-10, sweeps: 1e6 });
  rows.weights(coefficients).forEach((weight, place) => assertAlmostEquals(weight, weights[place]!, 1e-6));
  assert(coefficients.every((one, i) => one * y[i]! >= 0 && Math.abs(one) <= penalty));
});

Deno.test("fitMaxMargin() says so when nothing separates the examples", () => {
  const { gram } = rowsOf([[1], [1]]);
  assertThrows(
    () => fitMaxMargin(byGram(gram), [1, -1], { sweeps: 50 }),
    NotSeparable,
    "for 2 examples in 50 sweeps",
  );
});

Deno.test("fitMaxMargin() leaves no margin smaller than 1 by more than the tolerance", () => {
  const n = 30;
  const data = normal({ seed: 3, stream: "test" }, n * 100);
  const gram = gram64({ rows: n, columns: 100, data });
  const labels = Array.from({ length: n }, (_, i) => i % 3 === 0 ? 1 : -1);
  const examples = byGram(gram);
  fitMaxMargin(examples, labels, { tolerance: 1e-3 });
  labels.forEach((label, i) => assert(label * examples.score(i) > 1 - 5e-3));
});

Deno.test("fitMaxMargin() is the same by words and by their Gram matrix", () => {
  const bags = {
    count: 4,
    vocabulary: 5,
    words: Int32Array.of(0, 1, 1, 2, 3, 0, 4, 2),
    offsets: Int32Array.of(0, 2, 5, 7, 8),
    labels: Float64Array.of(1, -1, 1, -1),
  };
  const vectors = [[1, 1, 0, 0, 0], [0, 1, 1, 1, 0], [1, 0, 0, 0, 1], [0, 0, 1, 0, 0]]
    .map((row) => row.map((x) => x / Math.sqrt(row.reduce((sum, one) => sum + one, 0))));
  const { gram, weights } = rowsOf(vectors);
  const byGrams = fitMaxMargin(byGram(gram), bags.labels, { tolerance: 1e-11 });
  const texts = byWords(bags);
  fitMaxMargin(texts, bags.labels, { tolerance: 1e-11 });
  weights(byGrams.coefficients).forEach((weight, word) =>
    assertAlmostEquals(texts.weights[word]!, weight, 1e-9)
  );
});

Deno.test("fitRidge() finds scikit-learn's ridge", () => {
  const { x, y, ridge } = reference.soft;
  const rows = rowsOf(x);
  rows.weights(fitRidge(rows.gram, Float64Array.from(y), ridge.penalty))
    .forEach((weight, place) => assertAlmostEquals(weight, ridge.weights[place]!, 1e-11));
});
