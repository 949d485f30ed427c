/**
 * Training of features on rate reduction.
 *
 * @module
 */
import * as Effect from "effect/Effect";
import * as Schema from "effect/Schema";
import type { Json } from "../dag/canonical.ts";
import type { Running } from "../dag/running.ts";
import type { DataError } from "../data/folder.ts";
import { labelsOf } from "../data/labelled.ts";
import { type EvaluationError, examplesFor } from "../evaluate/examples.ts";
import type { Checkpoint } from "../kinds/checkpoint.ts";
import type { Dataset } from "../kinds/dataset.ts";
import { saveNetwork } from "../nn/checkpoint.ts";
import { logitsOf, pixelsOf } from "../nn/classifier.ts";
import { featureMlp, type FeatureMlpConfig } from "../nn/feature_mlp.ts";
import { measureNormalisation } from "../nn/normalisation.ts";
import { runTraining } from "../train/loop.ts";
import type { TrainingError } from "../train/training_error.ts";
import { firstState, networkScalars, networkStep } from "../train/network_step.ts";
import { learningRateOf, Recipe } from "../train/recipe.ts";
import { parametersOf } from "../train/step.ts";
import { RateConstants, rateReductionLoss } from "./loss.ts";

const { batch: _, ...fullBatch } = Recipe.fields;

/** How features are trained: every step sees all examples. */
export const FeatureRecipe = Schema.Struct({ ...fullBatch, ...RateConstants.fields });

/** How features are trained. */
export type FeatureRecipe = typeof FeatureRecipe.Type;

/**
 * Trains the perceptron on `images` uint8 [n, H, W, C] and `labels` int32 [n] so that the features' regularised rate
 * reduction F grows, full batch.
 *
 * Needs TensorFlow to be loaded. Fails when the data do not fit the network.
 *
 * @returns The network's values, −F at each step, and how images are normalised.
 */
export const trainFeatures = Effect.fnUntraced(function* (
  config: FeatureMlpConfig,
  recipe: FeatureRecipe,
  data: Dataset,
): Effect.fn.Return<Checkpoint, TrainingError | EvaluationError | DataError, Running> {
  const { images, labels } = yield* examplesFor(config, data);
  const { classes } = yield* labelsOf(data);
  const { order, counts } = byClass(labels.data as Int32Array, classes.length);
  const normalisation = measureNormalisation(images);
  const specs = featureMlp.specs(config);
  const learningRate = learningRateOf({ ...recipe, batch: order.length });
  const batch = { images: pixelsOf(images, order) };
  const settings = { ...recipe, batch: order.length };
  const trained = yield* runTraining({
    steps: recipe.steps,
    state: firstState(specs, settings),
    step: networkStep(specs, settings, (parameters, { images }, pass) =>
      rateReductionLoss(
        logitsOf(featureMlp, { config, normalisation }, parameters, images!, pass),
        counts,
        recipe,
      )),
    batch: () => batch,
    scalars: (step) => ({ learningRate: learningRate(step), step }),
    scalarTypes: networkScalars,
    execution: recipe.execution,
  });
  return saveNetwork(featureMlp, {
    config,
    parameters: parametersOf(trained.state),
    losses: trained.losses,
    facts: {
      data: { name: data.about.name, split: data.about.split, examples: order.length },
      normalisation: normalisation as unknown as Json,
      recipe,
    },
  });
});

/** Examples put in order of their labels. */
export interface ByClass {
  /** The places of the examples, class after class, in each in the order of the data. */
  readonly order: Int32Array;
  /** How many examples each class has. */
  readonly counts: readonly number[];
}

/** Puts examples in order of their labels. */
export function byClass(labels: Int32Array, classes: number): ByClass {
  const members = Array.from(
    { length: classes },
    (_, index) => labels.keys().filter((place) => labels[place] === index).toArray(),
  );
  return { order: Int32Array.from(members.flat()), counts: members.map((places) => places.length) };
}
