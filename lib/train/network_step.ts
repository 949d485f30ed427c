/**
 * The training step of a network, as a recipe has it.
 *
 * @module
 */
import type * as TensorFlow from "@tensorflow/tfjs";
import { initialise } from "../nn/initialise.ts";
import type { Pass } from "../nn/network.ts";
import type { Parameters, ParameterSpecs } from "../nn/parameters.ts";
import type { Step } from "../tensor/compile.ts";
import type { ScalarTypes } from "../tensor/signature.ts";
import type { Arrays, Tensors } from "../tensor/tensors.ts";
import { optimiserOf, type Recipe } from "./recipe.ts";
import { initialState, trainingStep } from "./step.ts";

/**
 * The loss of a batch, by a forward pass that keeps running statistics: a mean over the batch's examples. The scalars are
 * those of the step.
 */
export type NetworkLoss = (
  parameters: Parameters,
  batch: Tensors,
  pass: Pass,
  scalars: Tensors,
) => TensorFlow.Tensor;

/** The scalars of a network's step. */
export const networkScalars: ScalarTypes = { learningRate: "float32", step: "int32" };

/** The state of a network before the first step of a recipe. */
export function firstState(specs: ParameterSpecs, recipe: Recipe): Arrays {
  const isStatistic = (name: string) => specs[name]?.statistic === true;
  const started = Object.entries(initialise(specs, recipe.seed));
  const parameters = Object.fromEntries(started.filter(([name]) => !isStatistic(name)));
  const statistics = Object.fromEntries(started.filter(([name]) => isStatistic(name)));
  return initialState(parameters, optimiserOf(recipe, specs), {
    statistics,
    averaged: recipe.average !== undefined,
  });
}

/** One step of a recipe on a network's loss. */
export function networkStep(specs: ParameterSpecs, recipe: Recipe, loss: NetworkLoss): Step {
  return trainingStep({
    loss: (parameters, batch, scalars) => {
      const statistics: Record<string, TensorFlow.Tensor> = {};
      return { loss: loss(parameters, batch, { statistics }, scalars), statistics };
    },
    optimiser: optimiserOf(recipe, specs),
    ...(recipe.clip > 0 ? { clip: recipe.clip } : {}),
    ...(recipe.average === undefined ? {} : { average: recipe.average }),
  });
}
