/**
 * Recipes: the settings of a training that papers put in their appendix.
 *
 * @module
 */
import * as Schema from "effect/Schema";
import { Count } from "../nn/config.ts";
import type { ParameterSpecs } from "../nn/parameters.ts";
import { adamW, isMatrix, lion, type Optimiser } from "./optimiser.ts";
import { lowerOfBoth, timmCosine, warmupCosine } from "./schedule.ts";

/** A schedule of the learning rate that changes between epochs alone, as the authors' programs have it. */
export const EpochSchedule = Schema.Struct({
  /** `lower-of-both` is that of CRATE's program, `timm` that of ToST's. */
  kind: Schema.Literals(["lower-of-both", "timm"]),
  /** Steps of an epoch. */
  epoch: Count,
  /** `timm`: the learning rate at which the warm-up begins. Default 0. */
  from: Schema.optionalKey(Schema.Finite.check(Schema.isGreaterThanOrEqualTo(0))),
  /** `timm`: epochs at the end, after the cosine's, with the last learning rate. Default 0. */
  cooldown: Schema.optionalKey(Schema.Int.check(Schema.isGreaterThanOrEqualTo(0))),
});

/** How a network is trained. */
export const Recipe = Schema.Struct({
  /** Steps in all. 0 leaves the network as it starts. */
  steps: Schema.Int.check(Schema.isGreaterThanOrEqualTo(0)),
  /** Examples in a batch. */
  batch: Count,
  /** The optimiser. */
  optimiser: Schema.Literals(["adamw", "lion"]),
  /** The learning rate after the warm-up, from where it falls along half a cosine. */
  learningRate: Schema.Finite.check(Schema.isGreaterThan(0)),
  /** The learning rate at the last step. */
  finalLearningRate: Schema.Finite.check(Schema.isGreaterThanOrEqualTo(0)),
  /** Steps over which the learning rate rises to its peak. */
  warmup: Schema.Int.check(Schema.isGreaterThanOrEqualTo(0)),
  /** Decoupled weight decay of weights with two axes or more. */
  weightDecay: Schema.Finite.check(Schema.isGreaterThanOrEqualTo(0)),
  /** β₂: the decay of AdamW's mean of squares, or of Lion's momentum. */
  beta2: Schema.Finite.check(Schema.isBetween({ minimum: 0, maximum: 1 })),
  /** The greatest global norm of the gradients, which are scaled down to it; 0 leaves them alone. */
  clip: Schema.Finite.check(Schema.isGreaterThanOrEqualTo(0)),
  /** How the learning rate changes, where it is not step by step along a linear warm-up and half a cosine. */
  schedule: Schema.optionalKey(EpochSchedule),
  /**
   * The decay of an exponential moving average of the network's values, which is kept in their place. Default: the values
   * after the last step are.
   */
  average: Schema.optionalKey(Schema.Finite.check(Schema.isBetween({ minimum: 0, maximum: 1 }))),
  /** How a step is executed; see `ExecutionMode`. */
  execution: Schema.Literals(["graph", "xla", "eager"]),
  /** The seed of the starting values and of the order of the examples. */
  seed: Schema.Int,
});

/** How a network is trained. */
export type Recipe = typeof Recipe.Type;

/** The optimiser of a recipe for a network's parameters, some of which weight decay spares. */
export function optimiserOf({ optimiser, weightDecay, beta2 }: Recipe, specs: ParameterSpecs): Optimiser {
  const options = {
    weightDecay,
    beta2,
    decays: (name: string, parameter: Parameters<typeof isMatrix>[1]) =>
      isMatrix(name, parameter) && specs[name]?.undecayed !== true,
  };
  return optimiser === "adamw" ? adamW(options) : lion(options);
}

/** The learning rate of each step of a recipe. */
export function learningRateOf(
  { learningRate, finalLearningRate, steps, warmup, schedule }: Omit<Recipe, "seed">,
): (step: number) => number {
  if (schedule !== undefined) {
    const { kind, epoch, from = 0, cooldown = 0 } = schedule;
    const byEpoch = {
      ...{ peak: learningRate, epoch },
      ...{ epochs: steps / epoch - cooldown, warmup: warmup / epoch },
    };
    return kind === "timm" ? timmCosine({ ...byEpoch, from, end: finalLearningRate }) : lowerOfBoth(byEpoch);
  }
  return warmupCosine({ peak: learningRate, end: finalLearningRate, steps, warmup });
}
