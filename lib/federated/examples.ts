/**
 * A client's examples: rows of features, each with a target.
 *
 * @module
 */
import type { Dataset } from "../kinds/dataset.ts";
import { FederationError } from "./errors.ts";

/** Rows of features with their targets. */
export interface Examples {
  /** How many. */
  readonly count: number;
  /** Features of each. */
  readonly dimension: number;
  /** The features, row after row. */
  readonly features: Float64Array;
  /** What each row should give: a number, a sign or a class. */
  readonly targets: Float64Array;
}

/**
 * A client's examples out of a dataset: `features` float64 or float32 `[n, d]`, with `targets` float64 `[n]` or
 * `labels` int32 `[n]`.
 *
 * @throws {FederationError} When the dataset does not hold them.
 */
export function examplesOf({ about, tensors }: Dataset): Examples {
  const { features } = tensors;
  const targets = tensors.targets ?? tensors.labels;
  if (
    features?.shape.length !== 2 || targets?.shape.length !== 1 || features.shape[0] !== targets.shape[0] ||
    features.shape[0] === 0
  ) {
    throw new FederationError({
      message: `A client's data should be features [n, d] with targets or labels [n]; ${about.name} has ` +
        `${
          Object.entries(tensors).map(([name, { shape }]) => `${name} [${shape}]`).join(", ") || "nothing"
        }.`,
    });
  }
  return {
    count: features.shape[0]!,
    dimension: features.shape[1]!,
    features: Float64Array.from(features.data as Float32Array),
    targets: Float64Array.from(targets.data as Int32Array),
  };
}

/**
 * The greatest eigenvalue of `ΦᵀΦ/n`, by the power method: what bounds the curvature of a loss over these features.
 */
export function greatestCurvature({ count, dimension, features }: Examples): number {
  let direction = new Float64Array(dimension).fill(1 / Math.sqrt(dimension));
  let value = 0;
  for (let round = 0; round < 5000; round++) {
    const image = new Float64Array(dimension);
    for (let row = 0; row < count; row++) {
      const start = row * dimension;
      let along = 0;
      for (let i = 0; i < dimension; i++) along += features[start + i]! * direction[i]!;
      for (let i = 0; i < dimension; i++) image[i]! += along * features[start + i]! / count;
    }
    const length = Math.hypot(...image);
    if (length === 0) return 0;
    if (Math.abs(length - value) <= 1e-13 * length) return length;
    value = length;
    direction = image.map((entry) => entry / length);
  }
  return value;
}
