/**
 * Losses.
 *
 * @module
 */
import type * as TensorFlow from "@tensorflow/tfjs";
import { tf } from "./native.ts";
import { rawOps } from "./raw_op.ts";

/** The settings of {@linkcode softmaxCrossEntropy}. */
export interface CrossEntropyOptions {
  /** Label smoothing: the share of the target that is spread evenly over all classes. Default 0. */
  readonly smoothing?: number;
  /** Second labels for mixed examples, int32 `[n]`, and the share of the first ones, a scalar. Default: no second ones. */
  readonly mixed?: { readonly labels: TensorFlow.Tensor; readonly share: TensorFlow.Tensor };
}

/**
 * The mean cross-entropy, in nats, between the softmax of logits and labels, as PyTorch's `cross_entropy` computes it. Its
 * gradient is `(softmax(logits) − target) / n`.
 *
 * @param logits `[n, classes]`.
 * @param labels int32 `[n]`.
 * @returns A scalar.
 */
export function softmaxCrossEntropy(
  logits: TensorFlow.Tensor,
  labels: TensorFlow.Tensor,
  { smoothing = 0, mixed }: CrossEntropyOptions = {},
): TensorFlow.Tensor {
  const [n, classes] = logits.shape as [number, number];
  const even = smoothing / classes;
  const targetOf = (labels: TensorFlow.Tensor) =>
    tf.oneHot(labels as TensorFlow.Tensor1D, classes, 1 - smoothing + even, even, "float32");
  const target = mixed === undefined ? targetOf(labels) : tf.add(
    tf.mul(targetOf(labels), mixed.share),
    tf.mul(targetOf(mixed.labels), tf.sub(1, mixed.share)),
  );
  const operation = tf.customGrad((logits, save) => {
    const [losses, gradient] = rawOps(
      "SoftmaxCrossEntropyWithLogits",
      [logits as TensorFlow.Tensor, target],
      {},
      2,
    ) as [TensorFlow.Tensor, TensorFlow.Tensor];
    (save as TensorFlow.GradSaveFunc)([gradient]);
    return {
      value: tf.mean(losses),
      gradFunc: (arriving, saved) => tf.mul((saved as TensorFlow.Tensor[])[0]!, tf.div(arriving, n)),
    };
  });
  return operation(logits);
}
