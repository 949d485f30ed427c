/**
 * Random numbers inside steps: pure functions of a key, so that a replayed graph draws anew at every step.
 *
 * @module
 */
import type * as TensorFlow from "@tensorflow/tfjs";
import { tf } from "./native.ts";
import { rawOp } from "./raw_op.ts";

/** What decides a draw: equal keys draw equal numbers, others draw independent ones. */
export interface DrawKey {
  /** The seed of the run: an int32 scalar. */
  readonly seed: TensorFlow.Tensor;
  /** The number of the step: an int32 scalar. */
  readonly step: TensorFlow.Tensor;
  /** Which of the step's draws this is: a different number for each place in the code that draws. */
  readonly stream: number;
}

/**
 * Draws uniformly from `[min, max)` with TensorFlow's stateless Philox generator.
 *
 * @param shape The shape of the result.
 * @param key What decides the draw.
 * @param min The least value. Default 0.
 * @param max The bound that is not reached. Default 1.
 * @returns float32.
 */
export function uniform(shape: readonly number[], key: DrawKey, min = 0, max = 1): TensorFlow.Tensor {
  const unit = draw("StatelessRandomUniform", shape, key);
  return min === 0 && max === 1 ? unit : tf.add(tf.mul(unit, max - min), min);
}

/**
 * Draws from a normal distribution with TensorFlow's stateless Philox generator.
 *
 * @param shape The shape of the result.
 * @param key What decides the draw.
 * @param mean The mean. Default 0.
 * @param deviation The standard deviation. Default 1.
 * @returns float32.
 */
export function normal(shape: readonly number[], key: DrawKey, mean = 0, deviation = 1): TensorFlow.Tensor {
  const standard = draw("StatelessRandomNormal", shape, key);
  return mean === 0 && deviation === 1 ? standard : tf.add(tf.mul(standard, deviation), mean);
}

/**
 * Runs a stateless generator on a key. Seed and stream are hashed into a random place, so that streams do not meet, and the
 * step moves on from there, so that the steps of one stream all differ.
 */
function draw(
  operation: string,
  shape: readonly number[],
  { seed, step, stream }: DrawKey,
): TensorFlow.Tensor {
  const origin = tf.stack([seed, tf.scalar(stream, "int32")]);
  const place = rawOp("StatelessRandomUniformFullInt", [tf.tensor1d([2], "int32"), origin], {
    dtype: { type: "int32" },
  });
  const moved = tf.add(place, tf.stack([step, tf.scalar(0, "int32")]));
  return rawOp(operation, [tf.tensor1d([...shape], "int32"), moved], { dtype: { type: "float32" } });
}
