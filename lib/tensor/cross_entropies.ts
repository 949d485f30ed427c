/**
 * Cross-entropies, one by one.
 *
 * @module
 */
import type * as TensorFlow from "@tensorflow/tfjs";
import { tf } from "./native.ts";
import { rawOps } from "./raw_op.ts";

/**
 * The cross-entropy of each row, in nats, between the softmax of logits and a label. Its gradient is
 * `(softmax(logits) − target)` times what arrives at the row.
 *
 * @param logits `[n, classes]`.
 * @param labels int32 `[n]`.
 * @returns `[n]`.
 */
export function crossEntropies(logits: TensorFlow.Tensor, labels: TensorFlow.Tensor): TensorFlow.Tensor {
  const [n, classes] = logits.shape as [number, number];
  const target = tf.oneHot(labels as TensorFlow.Tensor1D, classes, 1, 0, "float32");
  const operation = tf.customGrad((logits, save) => {
    const [losses, gradient] = rawOps(
      "SoftmaxCrossEntropyWithLogits",
      [logits as TensorFlow.Tensor, target],
      {},
      2,
    ) as [TensorFlow.Tensor, TensorFlow.Tensor];
    (save as TensorFlow.GradSaveFunc)([gradient]);
    return {
      value: losses,
      gradFunc: (arriving, saved) => tf.mul((saved as TensorFlow.Tensor[])[0]!, arriving.reshape([n, 1])),
    };
  });
  return operation(logits);
}
