/**
 * What attacks on classifiers climb: losses of single images.
 *
 * @module
 */
import type * as TensorFlow from "@tensorflow/tfjs";
import { tf } from "../tensor/native.ts";

type T = TensorFlow.Tensor;

/** The losses that an attack may climb. The second needs three classes. */
export const attackLosses = ["cross-entropy", "logit-ratio"] as const;

/** The name of a loss that an attack may climb. */
export type AttackLoss = typeof attackLosses[number];

/** Keeps a ratio of equal logits finite, as in the authors' program. */
const floor = 1e-12;

/** Below any logit. */
const lowest = -1e30;

/**
 * The loss of each image.
 *
 * `cross-entropy` is what classifiers are trained on. Its gradient vanishes where a classifier is very sure, which can
 * pass for robustness. `logit-ratio`, the difference of logits ratio (Croce & Hein 2020, arXiv 2003.01690, equation 6),
 * is the same however the logits are scaled: with `z₁ ≥ z₂ ≥ z₃ ≥ …` the logits in order and `y` the label,
 * `(max_{i ≠ y} z_i − z_y) / (z₁ − z₃)`.
 *
 * @param logits `[n, classes]`.
 * @param labels int32 `[n]`.
 * @returns `[n]`.
 */
export function lossesOf(loss: AttackLoss, logits: T, labels: T): T {
  const told = tf.oneHot(labels as TensorFlow.Tensor1D, logits.shape[1]!, 1, 0, "float32");
  const own = tf.sum(tf.mul(logits, told), 1);
  if (loss === "cross-entropy") return tf.neg(tf.sum(tf.mul(told, tf.logSoftmax(logits)), 1));
  const first = tf.max(logits, 1);
  const withoutFirst = exceptGreatest(logits);
  const third = tf.max(exceptGreatest(withoutFirst), 1);
  const rival = tf.max(tf.add(logits, tf.mul(told, lowest)), 1);
  return tf.div(tf.sub(rival, own), tf.add(tf.sub(first, third), floor));
}

/** Logits in which the greatest of each row is out of the running. */
function exceptGreatest(logits: T): T {
  const greatest = tf.oneHot(tf.argMax(logits, 1) as TensorFlow.Tensor1D, logits.shape[1]!, 1, 0, "float32");
  return tf.add(logits, tf.mul(greatest, lowest));
}
