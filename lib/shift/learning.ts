/**
 * Learning curves of linear classifiers: one classifier for each size of training set.
 *
 * @module
 */
import * as Effect from "effect/Effect";
import * as Schema from "effect/Schema";
import type { Json } from "../dag/canonical.ts";
import { Running } from "../dag/running.ts";
import type { DataError } from "../data/folder.ts";
import type { Checkpoint } from "../kinds/checkpoint.ts";
import type { Dataset } from "../kinds/dataset.ts";
import { tensor } from "../tensor/array.ts";
import { CheckpointError } from "../nn/checkpoint.ts";
import type { LinearWeights } from "./bounds.ts";
import { type LinearExamples, linearExamples } from "./examples.ts";
import { combine } from "./gram.ts";

/** Sizes of training sets, the smallest first. Each is the beginning of the next. */
export const Sizes: Schema.Codec<readonly number[]> = Schema.Array(
  Schema.Int.check(Schema.isBetween({ minimum: 2, maximum: 8192 })),
).check(Schema.isMinLength(1));

/** Learns the weights of a linear classifier from examples. */
export type Learner<E> = (examples: LinearExamples) => Effect.Effect<LinearWeights, E>;

/**
 * Fits a linear classifier to the first examples of a dataset, as many as each size says.
 *
 * @param data With `signal` and perhaps `nuisance` features; see {@linkcode linearExamples}.
 * @param sizes The sizes of the training sets.
 * @param learner How to learn.
 * @param facts What the checkpoint says of the learner.
 * @returns `signal` float64 `[sizes, d]` and `nuisance` float64 `[sizes, m]`: the weights w_S and w_N.
 */
export const learnAtSizes = Effect.fnUntraced(function* <E>(
  data: Dataset,
  sizes: readonly number[],
  learner: Learner<E>,
  facts: Readonly<Record<string, Json>>,
): Effect.fn.Return<Checkpoint, DataError | E, Running> {
  const { report } = yield* Running;
  const all = yield* linearExamples(data, Math.max(...sizes));
  const [d, m] = [all.signal.width, all.nuisance.width];
  const signal = new Float64Array(sizes.length * d);
  const nuisance = new Float64Array(sizes.length * m);
  for (const [place, size] of sizes.entries()) {
    const examples = yield* linearExamples(data, size);
    const weights = yield* learner(examples);
    signal.set(weights.signal, place * d);
    nuisance.set(weights.nuisance, place * m);
    report({ step: place + 1, total: sizes.length, unit: "sizes" });
    yield* Effect.yieldNow; // lets an interruption through
  }
  return {
    about: { ...facts, sizes, data: data.about.name, corruptions: data.about.corruptions ?? [] },
    tensors: {
      signal: tensor("float64", [sizes.length, d], signal),
      nuisance: tensor("float64", [sizes.length, m], nuisance),
    },
  };
});

/** The weights of a classifier from the coefficients of its examples. */
export function weightsOf(examples: LinearExamples, coefficients: Float64Array): LinearWeights {
  return {
    signal: combine(examples.signal, coefficients),
    nuisance: combine(examples.nuisance, coefficients),
  };
}

/** One classifier of a learning curve. */
export interface Learned {
  /** How many examples it learned from. */
  readonly size: number;
  /** Its weights. */
  readonly weights: LinearWeights;
}

/** Takes the classifiers out of the checkpoint that {@linkcode learnAtSizes} made; fails when it holds no such thing. */
export function learnedAtSizes(checkpoint: Checkpoint): Effect.Effect<readonly Learned[], CheckpointError> {
  const { about, tensors: { signal, nuisance } } = checkpoint;
  const sizes = Schema.decodeUnknownOption(Sizes)(about.sizes);
  if (sizes._tag === "None" || signal?.dtype !== "float64" || nuisance?.dtype !== "float64") {
    return Effect.fail(
      new CheckpointError({
        message: "the checkpoint holds no linear classifiers: wire one of train-max-margin or train-ridge",
      }),
    );
  }
  const row = ({ shape, data }: typeof signal, place: number) =>
    (data as Float64Array).slice(place * shape[1]!, (place + 1) * shape[1]!);
  return Effect.succeed(
    sizes.value.map((size, place) => ({
      size,
      weights: { signal: row(signal, place), nuisance: row(nuisance, place) },
    })),
  );
}
