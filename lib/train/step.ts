/**
 * The training step: gradients of a loss, clipped, handed to an optimiser.
 *
 * @module
 */
import type * as TensorFlow from "@tensorflow/tfjs";
import type { Step } from "../tensor/compile.ts";
import { tf } from "../tensor/native.ts";
import {
  type Arrays,
  mapValues,
  prefixed,
  type Tensors,
  toArrays,
  toTensors,
  under,
} from "../tensor/tensors.ts";
import { clipByGlobalNorm } from "./clip.ts";
import type { Optimiser } from "./optimiser.ts";

/** What a loss computes. */
export interface LossResult {
  /** The loss: a scalar. */
  readonly loss: TensorFlow.Tensor;
  /** Other scalars worth watching, by name. */
  readonly metrics?: Tensors;
  /** New values of the running statistics, by name. */
  readonly statistics?: Tensors;
}

/** The loss of a batch. Running statistics come among the parameters, by their names. */
export type Loss = (parameters: Tensors, batch: Tensors, scalars: Tensors) => LossResult;

/** What a training step is made of. */
export interface StepParts {
  /** The loss. */
  readonly loss: Loss;
  /** The optimiser. Its step takes the scalars `learningRate` (float32) and `step` (int32). */
  readonly optimiser: Optimiser;
  /** The greatest global norm of the gradients, which are scaled down to it. Default: they are left alone. */
  readonly clip?: number;
}

/** One step of an optimiser on a loss, with the state of {@linkcode initialState}: what `compile` takes. */
export function trainingStep({ loss, optimiser, clip }: StepParts): Step {
  return (state, batch, scalars) => {
    const parameters = under(state, "parameters.");
    const kept = under(state, "statistics.");
    const found = lossAndGradients(
      (parameters) => loss({ ...parameters, ...kept }, batch, scalars),
      parameters,
    );
    const updated = optimiser.update({
      parameters,
      gradients: clip === undefined ? found.gradients : clipByGlobalNorm(found.gradients, clip).gradients,
      state: under(state, "optimiser."),
      learningRate: scalars.learningRate!,
      step: scalars.step!,
    });
    return {
      state: {
        ...prefixed("parameters.", updated.parameters),
        ...prefixed("statistics.", { ...kept, ...found.statistics }),
        ...prefixed("optimiser.", updated.state),
      },
      loss: found.loss,
      ...(found.metrics ? { metrics: found.metrics } : {}),
    };
  };
}

/** The state before the first step: names under `parameters.`, `statistics.` and `optimiser.`. */
export function initialState(parameters: Arrays, optimiser: Optimiser, statistics: Arrays = {}): Arrays {
  const tensors = toTensors(parameters);
  const started = optimiser.init(tensors);
  const state = toArrays(started);
  tf.dispose([...Object.values(tensors), ...Object.values(started)]);
  return {
    ...prefixed("parameters.", parameters),
    ...prefixed("statistics.", statistics),
    ...prefixed("optimiser.", state),
  };
}

/** The parameters in a state, running statistics among them. */
export function parametersOf(state: Arrays): Arrays {
  return { ...under(state, "parameters."), ...under(state, "statistics.") };
}

/** A loss, what else it computes, and its gradient with respect to each parameter, on all of which it must depend. */
export function lossAndGradients(
  loss: (parameters: Tensors) => LossResult,
  parameters: Tensors,
): LossResult & { readonly gradients: Tensors } {
  const names = Object.keys(parameters);
  let besides: Omit<LossResult, "loss"> = {};
  const { value, grads } = tf.valueAndGrads((...tensors: TensorFlow.Tensor[]) => {
    const { loss: value, ...others } = loss(
      Object.fromEntries(names.map((name, index) => [name, tensors[index]!])),
    );
    // Kept, since the forward pass disposes of everything but its result.
    besides = mapValues(others, (group) => mapValues(group, (tensor) => tf.keep(tensor)));
    return value as TensorFlow.Scalar;
  })(Object.values(parameters));
  return {
    ...besides,
    loss: value,
    gradients: Object.fromEntries(names.map((name, index) => [name, grads[index]!])),
  };
}
