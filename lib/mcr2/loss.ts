/**
 * Rate reduction as a training loss, in TensorFlow.
 *
 * @module
 */
import type * as TensorFlow from "@tensorflow/tfjs";
import * as Schema from "effect/Schema";
import { logDetGram } from "../tensor/linalg.ts";
import { tf } from "../tensor/native.ts";

/** The constants of the objective. */
export const RateConstants = Schema.Struct({
  /** ε², the precision up to which features are coded, squared. */
  epsilonSquared: Schema.Finite.check(Schema.isGreaterThan(0)),
  /** λ, the weight of ½‖Z‖². */
  lambda: Schema.Finite.check(Schema.isGreaterThanOrEqualTo(0)),
});

/** The constants of the objective. */
export type RateConstants = typeof RateConstants.Type;

/**
 * −F(Z) = R_c(Z) − R(Z) + λ/2 ‖Z‖². Its gradient goes through Cholesky factors, in single precision.
 *
 * @param features `[m, d]`: tokens as rows, those of a class next to each other.
 * @param counts m_k: how many tokens each class has, in the order of the rows. A class without tokens adds nothing.
 */
export function rateReductionLoss(
  features: TensorFlow.Tensor,
  counts: readonly number[],
  { epsilonSquared, lambda }: RateConstants,
): TensorFlow.Scalar {
  const [tokens, dimension] = features.shape as [number, number];
  const rate = (rows: TensorFlow.Tensor, count: number) =>
    tf.mul(logDetGram(rows, dimension / (count * epsilonSquared)), count / (2 * tokens));
  let start = 0;
  const classRates = counts.filter((count) => count > 0).map((count) => {
    const rows = tf.slice(features, [start, 0], [count, dimension]);
    start += count;
    return rate(rows, count);
  });
  const compression = tf.sub(tf.addN(classRates), rate(features, tokens));
  return tf.add(compression, tf.mul(tf.sum(tf.square(features)), lambda / 2)) as TensorFlow.Scalar;
}
