/**
 * How far tokens are compressed and sparsified, as CRATE (arXiv 2306.01129) measures it: shares between 0 and 1, which
 * compare networks of different sizes. In TensorFlow, for batches.
 *
 * @module
 */
import type * as TensorFlow from "@tensorflow/tfjs";
import { logDetGram, symmetricEigen } from "../tensor/linalg.ts";
import { tf } from "../tensor/native.ts";

/** ε² in the coding rate, as in the official measurement, which calls it eps. */
export const PRECISION = 0.01;

/**
 * The coding rate R^c of tokens against subspaces as the official program measures it, in nats: every projection is
 * scaled to norm 1, and rates are summed over the heads.
 *
 *     R^c = Σ_k ½ log det(I + p/(n ε²) (Z U_k)ᵀ(Z U_k)).
 *
 * @param projections Z U_k, [B, h, n, p].
 * @returns [B].
 */
export function unitCodingRate(projections: TensorFlow.Tensor): TensorFlow.Tensor {
  const [, , count, width] = projections.shape as [number, number, number, number];
  const lengths = tf.sqrt(tf.sum(tf.square(projections), -1, true));
  const unit = tf.div(projections, tf.maximum(lengths, 1e-12));
  return tf.sum(tf.mul(0.5, logDetGram(unit, width / (count * PRECISION))), -1);
}

/**
 * The greatest rate that {@linkcode unitCodingRate} can have: that of tokens spread evenly over all directions.
 *
 * @example CRATE-Small, whose curve starts at 1105 of 1329 nats
 * ```ts
 * import { greatestCodingRate } from "./compression.ts";
 * import { assertAlmostEquals } from "@std/assert";
 *
 * assertAlmostEquals(greatestCodingRate(12, 197, 48), 1329, 1);
 * ```
 *
 * @param heads Heads h.
 * @param count Tokens n.
 * @param width Dimensions p of a head.
 */
export function greatestCodingRate(heads: number, count: number, width: number): number {
  const rank = Math.min(width, count);
  return heads * (rank / 2) * Math.log1p(width / (rank * PRECISION));
}

/** The share of values above zero, ‖Z‖₀/(n d): of tokens [B, n, d] that are nowhere negative; [B]. Lower is sparser. */
export function shareAboveZero(tokens: TensorFlow.Tensor): TensorFlow.Tensor {
  return tf.mean(tf.cast(tf.greater(tf.abs(tokens), 0), "float32"), [1, 2]);
}

/** The stable rank ‖Z‖_F²/‖Z‖₂² of tokens [B, n, d], from 1 to min(n, d); [B]. Tokens that are all zero have none: 0. */
export function stableRank(tokens: TensorFlow.Tensor): TensorFlow.Tensor {
  const [, count, width] = tokens.shape as [number, number, number];
  const smallSide = count < width;
  const gram = tf.matMul(tokens, tokens, !smallSide, smallSide);
  const { values } = symmetricEigen(gram);
  return tf.div(tf.sum(values, -1), tf.maximum(tf.max(values, -1), 1e-12));
}
