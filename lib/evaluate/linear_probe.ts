/**
 * Linear probes: how well classes can be told apart by planes.
 *
 * @module
 */
import type { Matrix64 } from "../tensor/linalg64.ts";
import { inversePositive64, outerGram64, product64, transpose64 } from "../tensor/product64.ts";
import { greatest } from "./nearest_subspace.ts";

/**
 * Classifies by ridge regression on ±1, one class against the others, with an intercept that is not shrunk: what
 * scikit-learn calls `RidgeClassifier`.
 *
 * @param known Tokens `[n, d]` with their labels.
 * @param tokens `[m, d]`.
 * @param ridge The weight of ‖W‖² against the sum of squared errors.
 * @returns The class of each token.
 */
export function linearProbe(
  known: { readonly features: Matrix64; readonly labels: Int32Array; readonly classes: number },
  tokens: Matrix64,
  ridge: number,
): Int32Array {
  const { features, labels, classes } = known;
  const { rows: n, columns: d } = features;
  const centre = Array.from({ length: d }, (_, axis) => mean(n, (row) => features.data[row * d + axis]!));
  const centred = transpose64({
    ...features,
    data: features.data.map((number, index) => number - centre[index % d]!),
  });
  const shares = Array.from({ length: classes }, (_, own) => mean(n, (row) => labels[row] === own ? 1 : -1));
  const targets = new Float64Array(n * classes);
  labels.forEach((label, row) => {
    for (let own = 0; own < classes; own++) {
      targets[row * classes + own] = (label === own ? 1 : -1) - shares[own]!;
    }
  });
  const gram = outerGram64(centred);
  for (let axis = 0; axis < d; axis++) gram.data[axis * (d + 1)]! += ridge;
  const moments = product64(centred, { rows: n, columns: classes, data: targets });
  const weights = product64(inversePositive64(gram).inverse, moments);
  const scores = product64(tokens, weights);
  const offsets = shares.map((share, own) =>
    share - centre.reduce((sum, number, axis) => sum + number * weights.data[axis * classes + own]!, 0)
  );
  return Int32Array.from(
    { length: tokens.rows },
    (_, row) => greatest(offsets.map((offset, own) => offset + scores.data[row * classes + own]!)),
  );
}

function mean(count: number, value: (index: number) => number): number {
  let sum = 0;
  for (let index = 0; index < count; index++) sum += value(index);
  return sum / count;
}
