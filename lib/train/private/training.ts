/**
 * Private training: what is drawn, what is computed, and what of it an accountant must know.
 *
 * @module
 */
import * as Effect from "effect/Effect";
import type { Json } from "../../dag/canonical.ts";
import type { Running } from "../../dag/running.ts";
import type { ParameterSpecs } from "../../nn/parameters.ts";
import type { Arrays } from "../../tensor/tensors.ts";
import { runTraining } from "../loop.ts";
import { warmupCosine } from "../schedule.ts";
import { parametersOf } from "../step.ts";
import { TrainingError } from "../training_error.ts";
import type { PrivateRecipe } from "./recipe.ts";
import { type PhysicalBatch, physicalBatches } from "./sampling.ts";
import { type BatchLosses, firstPrivateState, privateScalars, privateStep } from "./step.ts";

/** What is trained privately, and on what. */
export interface PrivateTraining {
  /** The parameters' specifications. */
  readonly specs: ParameterSpecs;
  /** Their values before the first step. They must not depend on the examples. */
  readonly start: Arrays;
  /** Examples in all, N. */
  readonly examples: number;
  /** The loss of each example of a batch. */
  readonly losses: BatchLosses;
  /** A batch of examples by their numbers, in order; `part` counts the parts of all steps, for what is drawn anew. */
  readonly batch: (examples: Int32Array, part: number) => Arrays;
}

/** What ran, as an accountant needs to know it: recorded by the training itself. */
export interface Ran {
  /** Steps taken, T. */
  readonly steps: number;
  /** Examples in all, N. */
  readonly examples: number;
  /** The expected number of examples in a step, B. */
  readonly batch: number;
  /** The greatest norm of an example's gradient, C. */
  readonly clip: number;
  /** The noise multiplier σ. */
  readonly noise: number;
  /** How examples were drawn. */
  readonly draw: "poisson" | "shuffled";
  /** How many times larger a batch was imitated; null where none was. */
  readonly imitates: number | null;
  /** How many examples all steps drew together. */
  readonly drawn: number;
}

/** A network after private training. */
export interface PrivatelyTrained {
  /** The parameters' values. */
  readonly parameters: Arrays;
  /**
   * The mean loss of each step's examples; of a step without examples, that of the step before. They are for looking at: no
   * noise is added to them.
   */
  readonly losses: Float32Array;
  /** What ran. */
  readonly ran: Ran & { readonly [key: string]: Json };
}

/**
 * Trains by DP-SGD. Needs TensorFlow to be loaded.
 *
 * Fails with a {@linkcode TrainingError} when a step is to take more examples than there are.
 */
export const trainPrivately = Effect.fnUntraced(function* (
  { specs, start, examples, losses, batch }: PrivateTraining,
  recipe: PrivateRecipe,
): Effect.fn.Return<PrivatelyTrained, TrainingError, Running> {
  const { steps, physical, clip, noise, draw, imitates, learningRate: peak, finalLearningRate: end } = recipe;
  if (recipe.batch > examples) {
    return yield* new TrainingError({
      message: `a step should take ${recipe.batch} of ${examples} examples: ask for fewer, or load more.`,
    });
  }
  const parts = physicalBatches(
    { examples, batch: recipe.batch, draw, seed: recipe.seed },
    steps,
    physical,
  );
  const rate = warmupCosine({ peak, end, steps: recipe.horizon, warmup: recipe.warmup });
  const trained = yield* runTraining({
    steps: parts.length,
    state: firstPrivateState(start, specs, recipe),
    step: privateStep(losses, specs, recipe),
    batch: (part) => filled(parts[part]!, physical, (all) => batch(all, part)),
    scalars: (part) => {
      const { step, last } = parts[part]!;
      return { learningRate: rate(step), step, last: last ? 1 : 0 };
    },
    scalarTypes: privateScalars,
    execution: recipe.execution,
  });
  return {
    parameters: parametersOf(trained.state),
    losses: byStep(parts, trained.losses, steps, physical),
    ran: {
      steps,
      examples,
      batch: recipe.batch,
      clip,
      noise,
      draw,
      imitates: imitates ?? null,
      drawn: parts.reduce((sum, part) => sum + part.examples.length, 0),
    },
  };
});

/** A batch of a fixed size: examples that only fill it up weigh nothing. */
function filled(
  { examples }: PhysicalBatch,
  physical: number,
  batch: (examples: Int32Array) => Arrays,
): Arrays {
  const all = new Int32Array(physical);
  all.set(examples);
  const weights = Float32Array.from({ length: physical }, (_, place) => place < examples.length ? 1 : 0);
  return { ...batch(all), weights: { dtype: "float32", shape: [physical], data: weights } };
}

/** The mean loss of each whole step. */
function byStep(
  parts: readonly PhysicalBatch[],
  losses: Float32Array,
  steps: number,
  physical: number,
): Float32Array {
  const [sums, counts] = [new Float64Array(steps), new Float64Array(steps)];
  parts.forEach(({ step, examples }, part) => {
    sums[step]! += losses[part]! * physical;
    counts[step]! += examples.length;
  });
  const means = new Float32Array(steps);
  for (let step = 0; step < steps; step++) {
    means[step] = counts[step]! > 0 ? sums[step]! / counts[step]! : means[step - 1] ?? 0;
  }
  return means;
}
