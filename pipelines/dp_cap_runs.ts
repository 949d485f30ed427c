/**
 * The private trainings of DP-Cap: what each one changes of the recipe.
 *
 * @module
 */
import { noiseFor } from "../lib/stats/privacy/noise.ts";
import type { PrivateRecipe } from "../lib/train/private/recipe.ts";
import type { DpCapPreset } from "./dp_cap_presets.ts";

/** A training's recipe, but for its seed. */
export type Run = Omit<PrivateRecipe, "seed">;

/** The trainings. */
export interface DpCapRuns {
  /** Without noise: ε = ∞. */
  readonly infinite: Run;
  /** Noise for ε = 8 at δ = 1/N. */
  readonly eight: Run;
  /** Noise for ε = 2. */
  readonly two: Run;
  /** ε = 8's sampling rate and noise on fewer examples: that many in a batch, too. */
  readonly fewer: Run;
  /** ε = 8 with a smaller batch, where the preset has it. */
  readonly smaller?: Run;
  /** ε = 8 on a random half of the examples: a shadow model. */
  readonly half: Run;
  /** A quarter of ε = 8's batch and of its noise: the same ratio of signal to noise (TAN). Not private. */
  readonly quarter: Run;
  /** The ratio of signal to noise of ten times ε = 8's batch, from half of it. Not private. */
  readonly tenfold: Run;
}

/** The trainings of a preset. */
export function runsOf({ data, recipe, physical, fewer, smaller }: DpCapPreset): DpCapRuns {
  const run = (batch: number, noise: number): Run => ({
    ...recipe,
    batch,
    noise: readable(noise),
    physical: fitting(batch, physical),
  });
  const noiseOf = (epsilon: number, batch = recipe.batch, examples = data.train) =>
    noiseFor({ rate: batch / examples, steps: recipe.steps, epsilon, delta: 1 / examples });
  // A half has about half of the examples: noise for four deviations fewer keeps every one of them within ε.
  const fewest = Math.floor(data.train / 2 - 2 * Math.sqrt(data.train));
  const eight = noiseOf(8);
  const small = Math.round(recipe.batch / smaller);
  return {
    infinite: run(recipe.batch, 0),
    eight: run(recipe.batch, eight),
    two: run(recipe.batch, noiseOf(2)),
    fewer: run(Math.round(recipe.batch * fewer), eight),
    ...(smaller > 1 ? { smaller: run(small, noiseOf(8, small)) } : {}),
    half: run(recipe.batch, noiseOf(8, recipe.batch, fewest)),
    quarter: { ...run(recipe.batch / 4, eight / 4), imitates: 4 },
    tenfold: { ...run(recipe.batch / 2, eight / 20), imitates: 20 },
  };
}

/** How many examples to compute on at once, so that a Poisson sample rarely takes a part more than it must. */
function fitting(batch: number, most: number): number {
  const likely = batch + 2.5 * Math.sqrt(batch);
  return Math.ceil(likely / Math.ceil(likely / most));
}

/** Noise in six decimals, so that a parameter can be read: rounded up, else a run would spend more than its ε. */
export function readable(noise: number): number {
  return Math.ceil(noise * 1e6) / 1e6;
}
