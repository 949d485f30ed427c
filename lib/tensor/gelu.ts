/**
 * The Gaussian error linear unit.
 *
 * @module
 */
import type * as TensorFlow from "@tensorflow/tfjs";
import { tf } from "./native.ts";

/**
 * The Gaussian error linear unit in its exact form (Hendrycks & Gimpel 2016): `x · Φ(x)`, with Φ the normal distribution
 * function. Its gradient is `Φ(x) + x · φ(x)`.
 */
export function gelu(x: TensorFlow.Tensor): TensorFlow.Tensor {
  const operation = tf.customGrad((x, save) => {
    const input = x as TensorFlow.Tensor;
    const below = tf.mul(tf.add(tf.erf(tf.mul(input, Math.SQRT1_2)), 1), 0.5);
    (save as TensorFlow.GradSaveFunc)([input, below]);
    return {
      value: tf.mul(input, below),
      gradFunc: (arriving, saved) => {
        const [x, below] = saved as [TensorFlow.Tensor, TensorFlow.Tensor];
        const density = tf.mul(tf.exp(tf.mul(tf.square(x), -0.5)), 1 / Math.sqrt(2 * Math.PI));
        return tf.mul(arriving, tf.add(below, tf.mul(x, density)));
      },
    };
  });
  return operation(x);
}
