/**
 * Projected gradient descent (Madry et al. 2018, arXiv 1706.06083): the standard attack on image classifiers.
 *
 * @module
 */
import type * as TensorFlow from "@tensorflow/tfjs";
import { uniform } from "../data/random.ts";
import { tf } from "../tensor/native.ts";

/** How far an attack may go, in grey levels of 255. */
export interface AttackBudget {
  /** ε: how far each pixel may end from where it was. */
  readonly epsilon: number;
  /** How far each pixel moves in a step. */
  readonly stepSize: number;
}

/**
 * Where the attack starts: each pixel moved by a uniform draw from ±ε, and kept within 0 to 1.
 *
 * @param clean Pixels from 0 to 1.
 */
export function randomStart(clean: Float32Array, { epsilon }: AttackBudget, seed: number): Float32Array {
  const draws = uniform({ seed, stream: "projected-gradient" }, clean.length);
  return clean.map((pixel, index) =>
    Math.min(Math.max(pixel + epsilon / 255 * (2 * draws[index]! - 1), 0), 1)
  );
}

/**
 * One step uphill in the loss: x ← P(x + α sign ∇loss(x)), where P brings each pixel back to within ε of where it was
 * and within 0 to 1.
 *
 * @param loss The loss of images, whose rise is sought: a scalar.
 * @param images Where the images are, pixels from 0 to 1.
 * @param clean Where they were.
 */
export function ascend(
  loss: (images: TensorFlow.Tensor) => TensorFlow.Tensor,
  images: TensorFlow.Tensor,
  clean: TensorFlow.Tensor,
  budget: AttackBudget,
): TensorFlow.Tensor {
  const [epsilon, stepSize] = [budget.epsilon / 255, budget.stepSize / 255];
  const moved = tf.add(images, tf.mul(stepSize, tf.sign(tf.grad(loss)(images))));
  const near = tf.minimum(tf.maximum(moved, tf.sub(clean, epsilon)), tf.add(clean, epsilon));
  return tf.minimum(tf.maximum(near, 0), 1);
}

/**
 * Images as bytes again, as an attacker would have to hand them in. With a whole ε none leaves the ball: clean pixels
 * are whole grey levels, so its edges are too.
 *
 * @param images Pixels from 0 to 1.
 */
export function toBytes(images: Float32Array): Uint8Array {
  return Uint8Array.from(images, (pixel) => Math.round(255 * pixel));
}
