/**
 * Softmax attention.
 *
 * @module
 */
import type * as TensorFlow from "@tensorflow/tfjs";
import { tf } from "./native.ts";

/** The settings of {@linkcode softmaxAttention}. */
export interface AttentionOptions {
  /** What the products of queries and keys are multiplied by: `p^{-1/2}` in transformers. */
  readonly scale: number;
  /** Whether a token sees only itself and those before it. Default false. */
  readonly causal?: boolean;
}

/**
 * Scaled dot-product attention (Vaswani et al. 2017, equation 1): `softmax(q kᵀ · scale) v`, over the keys.
 *
 * Its gradient is analytic: with `A` the attention and `g` what arrives, `∂v = Aᵀg`, `S = A ⊙ (g vᵀ − rowsum(A ⊙ g vᵀ))`,
 * `∂q = scale · S k` and `∂k = scale · Sᵀ q`.
 *
 * @param q Queries `[B, h, n, p]`.
 * @param k Keys `[B, h, m, p]`.
 * @param v Values `[B, h, m, p]`.
 * @returns `[B, h, n, p]`.
 */
export function softmaxAttention(
  q: TensorFlow.Tensor,
  k: TensorFlow.Tensor,
  v: TensorFlow.Tensor,
  { scale, causal = false }: AttentionOptions,
): TensorFlow.Tensor {
  const mask = causal ? causalMask(q.shape[2]!, k.shape[2]!) : undefined;
  const operation = tf.customGrad((...args) => {
    const [q, k, v, save] = args as [
      TensorFlow.Tensor,
      TensorFlow.Tensor,
      TensorFlow.Tensor,
      TensorFlow.GradSaveFunc,
    ];
    const weights = attentionWeights(q, k, scale, mask);
    save([q, k, v, weights]);
    return {
      value: tf.matMul(weights, v),
      gradFunc: (arriving, saved) => {
        const [q, k, v, weights] = saved as TensorFlow.Tensor[];
        const onWeights = tf.mul(tf.matMul(arriving, v!, false, true), weights!);
        const onScores = tf.mul(
          tf.sub(onWeights, tf.mul(weights!, tf.sum(onWeights, -1, true))),
          scale,
        );
        return [
          tf.matMul(onScores, k!),
          tf.matMul(onScores, q!, true, false),
          tf.matMul(weights!, arriving, true, false),
        ];
      },
    };
  });
  return operation(q, k, v);
}

/**
 * The attention itself: `softmax(q kᵀ · scale)`, `[B, h, n, m]`. Use {@linkcode softmaxAttention} to train.
 *
 * @param q Queries `[B, h, n, p]`.
 * @param k Keys `[B, h, m, p]`.
 * @param scale What the products are multiplied by.
 * @param mask Added to the scores, `[n, m]`, if any.
 */
export function attentionWeights(
  q: TensorFlow.Tensor,
  k: TensorFlow.Tensor,
  scale: number,
  mask?: TensorFlow.Tensor,
): TensorFlow.Tensor {
  const scores = tf.matMul(tf.mul(q, scale), k, false, true); // scaling q is cheaper than scaling the scores
  return tf.softmax(mask === undefined ? scores : tf.add(scores, mask));
}

/** 0 where a token may look and −10⁹ where it may not, `[n, m]`; the last token sees all. */
function causalMask(n: number, m: number): TensorFlow.Tensor {
  const row = tf.range(m - n, m, 1, "int32").reshape([n, 1]);
  const column = tf.range(0, m, 1, "int32").reshape([1, m]);
  return tf.mul(tf.cast(tf.greater(column, row), "float32"), -1e9);
}
