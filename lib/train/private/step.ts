/**
 * The step of DP-SGD (Abadi and others 2016), in as many parts as its examples need.
 *
 * @module
 */
import type * as TensorFlow from "@tensorflow/tfjs";
import type { Layers } from "../../nn/layers.ts";
import type { ParameterSpecs } from "../../nn/parameters.ts";
import { elementCount } from "../../tensor/array.ts";
import type { Step } from "../../tensor/compile.ts";
import { tf } from "../../tensor/native.ts";
import { normal } from "../../tensor/random.ts";
import type { ScalarTypes } from "../../tensor/signature.ts";
import { type Arrays, mapValues, prefixed, type Tensors, under } from "../../tensor/tensors.ts";
import { flatten, layoutOf, unflatten } from "../flat.ts";
import { optimiserOf } from "../recipe.ts";
import { initialState } from "../step.ts";
import { clippedSum } from "./clipped_sum.ts";
import type { PrivateRecipe } from "./recipe.ts";

/** The loss of each example of a batch, [B]. */
export type BatchLosses = (layers: Layers, batch: Tensors) => TensorFlow.Tensor;

/** The scalars of a part of a step. `last` is 1 on the last part of a step, else 0; `step` counts whole steps. */
export const privateScalars: ScalarTypes = { learningRate: "float32", step: "int32", last: "float32" };

/** Which of a step's draws the noise is. */
const NOISE_STREAM = 1;

/** The state before the first step: parameters, the optimiser's state, and the sum of clipped gradients so far. */
export function firstPrivateState(parameters: Arrays, specs: ParameterSpecs, recipe: PrivateRecipe): Arrays {
  const size = Object.values(parameters).reduce((sum, { shape }) => sum + elementCount(shape), 0);
  return {
    ...initialState(parameters, optimiserOf(recipe, specs)),
    sum: { dtype: "float32", shape: [size], data: new Float32Array(size) },
  };
}

/**
 * A part of a step: adds its examples' clipped gradients to the sum. The last part makes the step with
 * `(sum + C σ N(0, I)) / B`, where B is the expected number of examples, whatever their number was: that must stay secret.
 *
 * The batch holds `weights` [physical], 1 for examples and 0 for what fills up. The loss is the examples' sum over
 * `physical`.
 */
export function privateStep(losses: BatchLosses, specs: ParameterSpecs, recipe: PrivateRecipe): Step {
  const { batch: expected, clip, noise, physical, seed } = recipe;
  const optimiser = optimiserOf(recipe, specs);
  return (state, { weights, ...batch }, { learningRate, step, last }) => {
    const parameters = under(state, "parameters.");
    const layout = layoutOf(parameters, () => false);
    const found = clippedSum((layers) => losses(layers, batch), parameters, { clip, weights: weights! });
    const sum = tf.add(state.sum!, flatten(layout, found.sum));
    const key = { seed: tf.scalar(seed, "int32"), step: step!, stream: NOISE_STREAM };
    const noisy = noise === 0 ? sum : tf.add(sum, normal(sum.shape, key, 0, clip * noise));
    const updated = optimiser.update({
      parameters,
      gradients: unflatten(layout, tf.div(noisy, expected)),
      state: under(state, "optimiser."),
      learningRate: learningRate!,
      step: step!,
    });
    const whole = tf.greater(last!, 0);
    const next = {
      ...prefixed("parameters.", updated.parameters),
      ...prefixed("optimiser.", updated.state),
      sum: tf.zerosLike(sum),
    };
    const partial: Tensors = { ...state, sum };
    return {
      state: mapValues(next, (tensor, name) => tf.where(whole, tensor, partial[name]!)),
      loss: tf.div(tf.sum(tf.mul(found.losses, weights!)), physical),
    };
  };
}
