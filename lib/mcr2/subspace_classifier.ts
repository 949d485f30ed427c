/**
 * The nearest-subspace classifier as a network, so that what works on classifiers works on it: accuracy, attacks.
 *
 * @module
 */
import type * as TensorFlow from "@tensorflow/tfjs";
import type { ImageNetwork } from "../nn/classifier.ts";
import { featureMlp, type FeatureMlpConfig } from "../nn/feature_mlp.ts";
import type { Matrix64 } from "../tensor/linalg64.ts";
import { tf } from "../tensor/native.ts";
import type { Features } from "./features.ts";
import { classSubspaces } from "./probes.ts";

/**
 * The perceptron with the nearest of the classes' subspaces for a head. The logit of a class is `log ‖U_kᵀ z‖²`: the
 * largest is that of the nearest subspace, and their softmax shares the energy of z among the subspaces.
 *
 * @param known The features that the subspaces are fitted to.
 */
export function subspaceClassifier(known: Features): ImageNetwork<FeatureMlpConfig> {
  const subspaces = classSubspaces(known);
  return {
    ...featureMlp,
    forward: (parameters, images, config, pass) => {
      const features = featureMlp.forward(parameters, images, config, pass);
      return tf.stack(subspaces.map((basis) => logEnergy(features, basis)), 1);
    },
  };
}

/** `log ‖U z‖²` of each row z. The floor keeps the logarithm of a feature without any energy finite. */
function logEnergy(features: TensorFlow.Tensor, { rows, columns, data }: Matrix64): TensorFlow.Tensor {
  const basis = tf.tensor2d(Float32Array.from(data), [rows, columns]);
  return tf.log(tf.add(tf.sum(tf.square(tf.matMul(features, basis, false, true)), 1), 1e-12));
}
