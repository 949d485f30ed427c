/**
 * Training of image classifiers.
 *
 * @module
 */
import type * as TensorFlow from "@tensorflow/tfjs";
import * as Effect from "effect/Effect";
import * as Schema from "effect/Schema";
import type { Scope } from "effect/Scope";
import type { Json } from "../dag/canonical.ts";
import type { Running } from "../dag/running.ts";
import type { DataError } from "../data/folder.ts";
import type { Checkpoint } from "../kinds/checkpoint.ts";
import type { Dataset } from "../kinds/dataset.ts";
import { saveNetwork } from "../nn/checkpoint.ts";
import { type ImageConfig, type ImageNetwork, logitsOf } from "../nn/classifier.ts";
import { Count } from "../nn/config.ts";
import { softmaxCrossEntropy } from "../tensor/loss.ts";
import type { Arrays } from "../tensor/tensors.ts";
import { Augmentation, augmentImages } from "./augmentation.ts";
import { batchOrder } from "./batch_order.ts";
import { withDropPath } from "./drop_path.ts";
import { type Examples, examplesFor, PhotographRecipe } from "./examples.ts";
import { runTraining } from "./loop.ts";
import { firstState, networkScalars, networkStep } from "./network_step.ts";
import { learningRateOf, Recipe } from "./recipe.ts";
import { parametersOf } from "./step.ts";
import type { TrainingError } from "./training_error.ts";

/** How an image classifier is trained. */
export const ClassifierRecipe = Schema.Struct({
  ...Recipe.fields,
  ...Augmentation.fields,
  /** Label smoothing: the share of the target that is spread over all classes. */
  labelSmoothing: Schema.Finite.check(Schema.isBetween({ minimum: 0, maximum: 1 })),
  /** How photographs that lie in files are seen. */
  photographs: Schema.optionalKey(PhotographRecipe),
  /** How often each image comes in a row, augmented anew (Hoffer et al. 2020); an epoch then sees fewer. Default 1. */
  repeats: Schema.optionalKey(Count),
  /** Where to stop before the last step, with the learning rates of a training that goes on: a snapshot of it. */
  stop: Schema.optionalKey(Count),
  /** Stochastic depth: how often a residual branch is left out. Default 0. */
  dropPath: Schema.optionalKey(Schema.Finite.check(Schema.isBetween({ minimum: 0, maximum: 0.9 }))),
});

/** What a task that trains by a recipe uses: photographs in files are read as the training goes, on a GPU. */
export function classifierUses({ photographs }: Pick<ClassifierRecipe, "photographs">): readonly string[] {
  return ["tensorflow", ...(photographs === undefined ? [] : [photographs.from, "gpu"])];
}

/** How an image classifier is trained. */
export type ClassifierRecipe = typeof ClassifierRecipe.Type;

/**
 * Trains an image classifier on `images` uint8 [n, H, W, C] and `labels` int32 [n], or on a list of photographs
 * (`lib/data/photographs.ts`), which are read as the training goes. Each epoch takes the examples in a new order and
 * leaves out the last few that do not fill a batch.
 *
 * Needs TensorFlow to be loaded. Fails with a {@linkcode TrainingError} when the data do not fit the network.
 *
 * @returns The network's values, the loss of each step, and how images are normalised.
 */
export function trainClassifier<Config extends ImageConfig>(
  network: ImageNetwork<Config>,
  config: Config,
  recipe: ClassifierRecipe,
  data: Dataset,
): Effect.Effect<Checkpoint, DataError | TrainingError, Running> {
  return Effect.scoped(train(network, config, recipe, data));
}

const train = Effect.fnUntraced(function* <Config extends ImageConfig>(
  network: ImageNetwork<Config>,
  config: Config,
  recipe: ClassifierRecipe,
  data: Dataset,
): Effect.fn.Return<Checkpoint, DataError | TrainingError, Running | Scope> {
  const examples = yield* examplesFor(config, recipe, data);
  const { normalisation, facts } = examples;
  const specs = network.specs(config);
  const learningRate = learningRateOf(recipe);
  const trained = yield* runTraining({
    steps: Math.min(recipe.stop ?? recipe.steps, recipe.steps),
    state: firstState(specs, recipe),
    step: networkStep(specs, recipe, (parameters, { images, labels, ...mixed }, pass, scalars) => {
      const logits = withDropPath(
        recipe,
        { pass, scalars },
        (pass) => logitsOf(network, { config, normalisation }, parameters, images!, pass),
      );
      return softmaxCrossEntropy(logits, labels!, {
        smoothing: recipe.labelSmoothing,
        ...(recipe.mix === undefined ? {} : { mixed: { labels: mixed.partners!, share: mixed.share! } }),
      }) as TensorFlow.Scalar;
    }),
    batch: batches(examples, recipe),
    scalars: (step) => ({ learningRate: learningRate(step), step }),
    scalarTypes: networkScalars,
    execution: recipe.execution,
  });
  return saveNetwork(network, {
    config,
    parameters: parametersOf(trained.state),
    losses: trained.losses,
    facts: { ...facts, normalisation: normalisation as unknown as Json, recipe },
  });
});

/** The batch of each step, as a function of the step alone. */
function batches(examples: Examples, recipe: ClassifierRecipe): (step: number) => Arrays {
  const { batch, seed } = recipe;
  const { labels, normalisation } = examples;
  const orderOf = batchOrder({ ...recipe, count: examples.count });
  return (step) => {
    const { epoch, order, place } = orderOf(step);
    const bytes = examples.batch(epoch, order, place);
    const { images, share } = augmentImages(bytes, recipe, normalisation, { seed, step });
    const own = Int32Array.from(order.subarray(place, place + batch), (index) => labels[index]!);
    const int32 = (data: Int32Array) => ({ dtype: "int32", shape: [batch], data } as const);
    return {
      images,
      labels: int32(own),
      ...(share === undefined ? {} : {
        partners: int32(own.toReversed()),
        share: { dtype: "float32", shape: [], data: Float32Array.of(share) },
      }),
    };
  };
}
