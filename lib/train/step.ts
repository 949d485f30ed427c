/**
 * The training step: gradients of a loss, clipped, handed to an optimiser.
 *
 * @module
 */
import type * as TensorFlow from "@tensorflow/tfjs";
import { initialise } from "../nn/initialise.ts";
import type { Pass } from "../nn/network.ts";
import type { ParameterSpecs } from "../nn/parameters.ts";
import type { Step } from "../tensor/compile.ts";
import { tf } from "../tensor/native.ts";
import type { ScalarTypes } from "../tensor/program.ts";
import { type Arrays, prefixed, type Tensors, toArrays, toTensors, under } from "../tensor/tensors.ts";
import { clipByGlobalNorm } from "./clip.ts";
import { valueAndGradients } from "./gradients.ts";
import { optimiserOf, type Recipe } from "./recipe.ts";

/** The loss of a batch: a mean over its examples. */
export type Loss = (parameters: Tensors, batch: Tensors, pass: Pass) => TensorFlow.Scalar;

/** The scalars of every training step. */
export const stepScalars: ScalarTypes = { learningRate: "float32", step: "int32" };

/**
 * The state before the first step: the network's starting values under `parameters.`, and the optimiser's state under
 * `optimiser.`.
 */
export function firstState(specs: ParameterSpecs, recipe: Recipe): Arrays {
  const parameters = initialise(specs, recipe.seed);
  const started = tf.tidy(() =>
    optimiserOf(recipe, specs).init(toTensors(trainable(specs, parameters))) as Record<
      string,
      TensorFlow.Tensor
    >
  );
  const optimiser = toArrays(started);
  tf.dispose(started);
  return { ...prefixed("parameters.", parameters), ...prefixed("optimiser.", optimiser) };
}

/** One step of a recipe on a loss. Its state is {@linkcode firstState}'s. */
export function trainingStep(specs: ParameterSpecs, recipe: Recipe, loss: Loss): Step {
  const optimiser = optimiserOf(recipe, specs);
  return (state, batch, scalars) => {
    const all = under(state, "parameters.");
    const parameters = trainable(specs, all);
    const statistics: Record<string, TensorFlow.Tensor> = {};
    const { value, gradients } = valueAndGradients(
      (parameters) => loss({ ...all, ...parameters }, batch, { statistics }),
      parameters,
    );
    const updated = optimiser.update({
      parameters,
      gradients: recipe.clip > 0 ? clipByGlobalNorm(gradients, recipe.clip).gradients : gradients,
      state: under(state, "optimiser."),
      learningRate: scalars.learningRate!,
      step: scalars.step!,
    });
    return {
      state: {
        ...prefixed("parameters.", { ...all, ...updated.parameters, ...statistics }),
        ...prefixed("optimiser.", updated.state),
      },
      loss: value,
    };
  };
}

/** The parameters that gradients train: all but running statistics. */
function trainable<A>(specs: ParameterSpecs, parameters: Readonly<Record<string, A>>): Record<string, A> {
  return Object.fromEntries(Object.entries(parameters).filter(([name]) => !specs[name]?.statistic));
}
