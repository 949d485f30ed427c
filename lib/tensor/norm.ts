/**
 * Layer normalisation.
 *
 * @module
 */
import type * as TensorFlow from "@tensorflow/tfjs";
import { addBias, sumOverRows } from "./linear.ts";
import { tf } from "./native.ts";

/**
 * Layer normalisation over the last axis (Ba et al. 2016): `(x − mean) / √(variance + ε) · gain + bias`, with the biased
 * variance.
 *
 * Its gradient is analytic: with `y` the normalised `x` and `h` the gradient that arrives at `y`,
 * `∂x = (h − mean(h) − y · mean(h · y)) / √(variance + ε)`.
 *
 * @param x `[…, d]`.
 * @param gain `[d]`.
 * @param bias `[d]`, or null.
 * @param epsilon ε: 1e-5 in PyTorch, 1e-6 in vision transformers.
 * @returns `[…, d]`.
 */
export function layerNorm(
  x: TensorFlow.Tensor,
  gain: TensorFlow.Tensor,
  bias: TensorFlow.Tensor | null,
  epsilon: number,
): TensorFlow.Tensor {
  const scaled = multiplyRows(normalised(x, epsilon), gain);
  return bias === null ? scaled : addBias(scaled, bias);
}

/** Multiplies every row `[…, d]` by a gain `[d]`. */
export function multiplyRows(x: TensorFlow.Tensor, gain: TensorFlow.Tensor): TensorFlow.Tensor {
  const operation = tf.customGrad((x, gain, save) => {
    (save as TensorFlow.GradSaveFunc)([x as TensorFlow.Tensor, gain as TensorFlow.Tensor]);
    return {
      value: tf.mul(x as TensorFlow.Tensor, gain as TensorFlow.Tensor),
      gradFunc: (arriving, saved) => {
        const [x, gain] = saved as [TensorFlow.Tensor, TensorFlow.Tensor];
        return [tf.mul(arriving, gain), sumOverRows(tf.mul(arriving, x))];
      },
    };
  });
  return operation(x, gain);
}

/** Layer normalisation before gain and bias: `(x − mean) / √(variance + ε)` over the last axis. */
export function normalised(x: TensorFlow.Tensor, epsilon: number): TensorFlow.Tensor {
  const operation = tf.customGrad((x, save) => {
    const input = x as TensorFlow.Tensor;
    const centred = tf.sub(input, tf.mean(input, -1, true));
    const scale = tf.rsqrt(tf.add(tf.mean(tf.square(centred), -1, true), epsilon));
    const y = tf.mul(centred, scale);
    (save as TensorFlow.GradSaveFunc)([y, scale]);
    return {
      value: y,
      gradFunc: (arriving, saved) => {
        const [y, scale] = saved as [TensorFlow.Tensor, TensorFlow.Tensor];
        const along = tf.mul(y, tf.mean(tf.mul(arriving, y), -1, true));
        return tf.mul(tf.sub(tf.sub(arriving, tf.mean(arriving, -1, true)), along), scale);
      },
    };
  });
  return operation(x);
}
