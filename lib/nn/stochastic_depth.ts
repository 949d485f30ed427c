/**
 * Stochastic depth (Huang et al. 2016), also called drop-path: residual branches left out at random while training.
 *
 * @module
 */
import type * as TensorFlow from "@tensorflow/tfjs";
import { tf } from "../tensor/native.ts";
import { uniform } from "../tensor/random.ts";

/** Streams of random numbers from here on belong to the branches, one each. */
const firstStream = 1000;

/**
 * Makes the function that leaves branches out: each example's with probability `rate`, and those that stay are divided by
 * 1 − rate, as timm's `drop_path`. Apply it to each branch once in a forward pass, in a fixed order.
 *
 * @param rate How often a branch is left out.
 * @param key The seed and the step, int32 scalars: equal ones leave out the same.
 */
export function stochasticDepth(
  rate: number,
  key: { readonly seed: TensorFlow.Tensor; readonly step: TensorFlow.Tensor },
): (branch: TensorFlow.Tensor) => TensorFlow.Tensor {
  let stream = firstStream;
  return (branch) => {
    const shape = [branch.shape[0]!, ...branch.shape.slice(1).map(() => 1)];
    const kept = tf.floor(uniform(shape, { ...key, stream: stream++ }, 1 - rate, 2 - rate));
    return tf.mul(branch, tf.div(kept, 1 - rate));
  };
}
