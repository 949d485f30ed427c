/**
 * Batch normalisation with running statistics.
 *
 * @module
 */
import type * as TensorFlow from "@tensorflow/tfjs";
import { tf } from "../tensor/native.ts";
import type { Pass } from "./network.ts";
import { constant, parameter, type Parameters, type ParameterSpecs } from "./parameters.ts";

/** What is added to the variance. */
const epsilon = 1e-5;

/** How far running statistics move towards a batch's, as PyTorch counts it. */
const momentum = 0.1;

/** The parameters of batch normalisation, and its running statistics. */
export function batchNormSpecs(channels: number): ParameterSpecs {
  return {
    gain: constant([channels], 1),
    bias: constant([channels], 0),
    mean: { ...constant([channels], 0), statistic: true },
    variance: { ...constant([channels], 1), statistic: true },
  };
}

/**
 * Normalises each channel of x [B, H, W, C]: by the batch's statistics in training, when `pass.statistics` collects
 * the new running ones; by the running statistics otherwise.
 *
 * @param name The full name of the normalisation's parameters.
 */
export function batchNorm(
  parameters: Parameters,
  x: TensorFlow.Tensor4D,
  name: string,
  pass: Pass,
): TensorFlow.Tensor4D {
  const gain = parameter(parameters, `${name}.gain`);
  const bias = parameter(parameters, `${name}.bias`);
  const running = {
    mean: parameter(parameters, `${name}.mean`),
    variance: parameter(parameters, `${name}.variance`),
  };
  if (pass.statistics === undefined) return normalise(x, running.mean, running.variance, gain, bias);

  const mean = tf.mean(x, [0, 1, 2]);
  const variance = tf.mean(tf.square(tf.sub(x, mean)), [0, 1, 2]);
  const count = x.size / mean.size;
  pass.statistics[`${name}.mean`] = towards(running.mean, mean);
  pass.statistics[`${name}.variance`] = towards(running.variance, tf.mul(variance, count / (count - 1)));
  return normalise(x, mean, variance, gain, bias);
}

function normalise(
  x: TensorFlow.Tensor,
  mean: TensorFlow.Tensor,
  variance: TensorFlow.Tensor,
  gain: TensorFlow.Tensor,
  bias: TensorFlow.Tensor,
): TensorFlow.Tensor4D {
  return tf.add(tf.mul(tf.sub(x, mean), tf.mul(gain, tf.rsqrt(tf.add(variance, epsilon)))), bias);
}

function towards(running: TensorFlow.Tensor, batch: TensorFlow.Tensor): TensorFlow.Tensor {
  return tf.add(tf.mul(running, 1 - momentum), tf.mul(batch, momentum));
}
