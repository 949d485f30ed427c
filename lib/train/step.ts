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
  /** The decay of the average of all values, where the state has one. */
  readonly average?: number;
}

/** One step of an optimiser on a loss, with the state of {@linkcode initialState}: what `compile` takes. */
export function trainingStep({ loss, optimiser, clip, average }: StepParts): Step {
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
    const statistics = { ...kept, ...found.statistics };
    return {
      state: {
        ...prefixed("parameters.", updated.parameters),
        ...prefixed("statistics.", statistics),
        ...prefixed("optimiser.", updated.state),
        ...(average === undefined ? {} : prefixed(
          "averages.",
          averaged(under(state, "averages."), { ...updated.parameters, ...statistics }, average),
        )),
      },
      loss: found.loss,
      ...(found.metrics ? { metrics: found.metrics } : {}),
    };
  };
}

/** Exponential moving averages' next values: `decay · average + (1 − decay) · value`. */
function averaged(averages: Tensors, values: Tensors, decay: number): Tensors {
  return mapValues(
    averages,
    (average, name) => tf.add(tf.mul(average, decay), tf.mul(values[name]!, 1 - decay)),
  );
}

/** What a state holds besides parameters and the optimiser's own. */
export interface Besides {
  /** Running statistics. Default: none. */
  readonly statistics?: Arrays;
  /** Whether averages of all values are kept. Default: no. */
  readonly averaged?: boolean;
}

/**
 * The state before the first step: names under `parameters.`, `statistics.` and `optimiser.`, and under `averages.` where
 * averages are kept.
 */
export function initialState(
  parameters: Arrays,
  optimiser: Optimiser,
  { statistics = {}, averaged = false }: Besides = {},
): Arrays {
  const tensors = toTensors(parameters);
  const started = optimiser.init(tensors);
  const state = toArrays(started);
  tf.dispose([...Object.values(tensors), ...Object.values(started)]);
  return {
    ...prefixed("parameters.", parameters),
    ...prefixed("statistics.", statistics),
    ...prefixed("optimiser.", state),
    ...(averaged ? prefixed("averages.", { ...parameters, ...statistics }) : {}),
  };
}

/** The parameters in a state, running statistics among them; their averages, where those are kept. */
export function parametersOf(state: Arrays): Arrays {
  return { ...under(state, "parameters."), ...under(state, "statistics."), ...under(state, "averages.") };
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
