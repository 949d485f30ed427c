/**
 * Linear probes of frozen features: how well planes tell classes apart, from a few examples of each or from many.
 *
 * @module
 */
import * as Effect from "effect/Effect";
import * as Schema from "effect/Schema";
import type { Running } from "../dag/running.ts";
import { imagesOf, labelsOf } from "../data/labelled.ts";
import { permutation } from "../data/random.ts";
import type { Checkpoint } from "../kinds/checkpoint.ts";
import type { Dataset } from "../kinds/dataset.ts";
import type { Metrics } from "../kinds/metrics.ts";
import { loadNetwork } from "../nn/checkpoint.ts";
import { pixelsOf } from "../nn/classifier.ts";
import { Count } from "../nn/config.ts";
import type { Network } from "../nn/network.ts";
import type { Tensor } from "../tensor/array.ts";
import type { Matrix64 } from "../tensor/linalg64.ts";
import { computeInBatches } from "./batches.ts";
import { EvaluationError } from "./examples.ts";
import { linearProbe } from "./linear_probe.ts";

/** How features are probed. */
export const Probing = Schema.Struct({
  /** How many examples of each class a probe is given: one probe for each number. */
  shots: Schema.Array(Count),
  /** How often those few examples are drawn anew. */
  draws: Count,
  /** The seed of the draws. */
  seed: Schema.Int,
});

/** How features are probed. */
export type Probing = typeof Probing.Type;

/**
 * The weight of ‖W‖² in a probe's ridge regression. Features are centred and have length 1, so that it is small for a few
 * examples and nothing for many. Fixed: to choose it by validation, one example of a class is too few.
 */
const RIDGE = 0.05;

/** Images encoded at a time. */
const BATCH = 200;

/**
 * Probes what a network makes of images, by its forward pass. The probe is ridge regression on ±1, which has a closed form;
 * DP-Cap's own program fits a logistic regression.
 *
 * Needs TensorFlow to be loaded.
 *
 * @param known Labelled images to learn the probe from.
 * @param test Labelled images to measure it on.
 * @returns `shots`, accuracies by the number of examples of each class (`k1`, `k2`, …), means over draws; `full`, the
 * accuracy with all known images; `chance`.
 */
export const probeNetwork = Effect.fnUntraced(function* <Config>(
  network: Network<Config>,
  checkpoint: Checkpoint,
  known: Dataset,
  test: Dataset,
  probing: Probing,
): Effect.fn.Return<Metrics, unknown, Running> {
  const { config, parameters } = yield* Effect.try({
    try: () => loadNetwork(network, checkpoint),
    catch: (error) => error,
  });
  const featuresOf = Effect.fnUntraced(function* (data: Dataset) {
    const { count } = yield* imagesOf(data);
    const all = Array.from({ length: count }, (_, index) => index);
    const { features } = yield* computeInBatches({
      parameters,
      examples: { images: pixelsOf(data.tensors.images!, all) },
      size: BATCH,
      compute: (parameters, { images }) => ({ features: network.forward(parameters, images!, config) }),
    });
    return matrixOf(features!);
  });
  return yield* probe(yield* featuresOf(known), yield* featuresOf(test), known, test, probing);
});

/** Probes the pixels themselves, means over squares of `cell` by `cell`. Needs no TensorFlow. */
export const probePixels = Effect.fnUntraced(function* (
  known: Dataset,
  test: Dataset,
  cell: number,
  probing: Probing,
): Effect.fn.Return<Metrics, unknown> {
  const features = (data: Dataset) => Effect.map(imagesOf(data), () => pooled(data.tensors.images!, cell));
  return yield* probe(yield* features(known), yield* features(test), known, test, probing);
});

const probe = Effect.fnUntraced(function* (
  knownFeatures: Matrix64,
  testFeatures: Matrix64,
  known: Dataset,
  test: Dataset,
  { shots, draws, seed }: Probing,
): Effect.fn.Return<Metrics, unknown> {
  const { classes, data: knownLabels } = yield* labelsOf(known);
  const { data: testLabels } = yield* labelsOf(test);
  const centre = meanOf(knownFeatures);
  const [features, tokens] = [unit(knownFeatures, centre), unit(testFeatures, centre)];
  const accuracy = (rows: ArrayLike<number>) => {
    const labels = Int32Array.from(rows, (row) => knownLabels[row]!);
    const guesses = linearProbe(
      { features: take(features, rows), labels, classes: classes.length },
      tokens,
      RIDGE,
    );
    return guesses.reduce((sum, guess, row) => sum + (guess === testLabels[row] ? 1 : 0), 0) / guesses.length;
  };
  const byShots: Record<string, number> = {};
  for (const count of shots) {
    let sum = 0;
    for (let draw = 0; draw < draws; draw++) {
      const order = permutation({ seed, stream: "shots", step: draw }, knownLabels.length);
      sum += accuracy(yield* someOfEach(order, knownLabels, classes, count, known.about.name));
    }
    byShots[`k${count}`] = sum / draws;
  }
  const full = accuracy(Array.from(knownLabels.keys()));
  return {
    shots: byShots,
    full,
    chance: 1 / classes.length,
    known: knownLabels.length,
    test: testLabels.length,
    data: known.about.name,
  };
});

/** The first examples of each class in an order; fails when a class has too few. */
function someOfEach(
  order: Int32Array,
  labels: Int32Array,
  classes: readonly string[],
  count: number,
  name: string,
): Effect.Effect<readonly number[], EvaluationError> {
  const found = classes.map(() => [] as number[]);
  for (const row of order) {
    const own = found[labels[row]!]!;
    if (own.length < count) own.push(row);
  }
  const few = found.findIndex((own) => own.length < count);
  return few < 0 ? Effect.succeed(found.flat()) : Effect.fail(
    new EvaluationError({
      message:
        `${name} has ${found[few]!.length} of the class ${
          classes[few]
        } where a probe wants ${count} of each: ` +
        "load more.",
    }),
  );
}

function matrixOf({ shape, data }: Tensor): Matrix64 {
  return { rows: shape[0]!, columns: shape[1]!, data: Float64Array.from(data as Float32Array) };
}

/** Means of pixels over squares, from 0 to 1. */
function pooled({ shape, data }: Tensor, cell: number): Matrix64 {
  const [count, height, width, channels] = shape as [number, number, number, number];
  const [rows, columns] = [height / cell, width / cell];
  const means = new Float64Array(count * rows * columns * channels);
  (data as Uint8Array).forEach((byte, index) => {
    const [pixel, channel] = [Math.floor(index / channels), index % channels];
    const [line, column] = [Math.floor(pixel / width), pixel % width];
    const [image, row] = [Math.floor(line / height), line % height];
    const place = (image * rows + Math.floor(row / cell)) * columns + Math.floor(column / cell);
    means[place * channels + channel]! += byte / (255 * cell * cell);
  });
  return { rows: count, columns: rows * columns * channels, data: means };
}

function meanOf({ rows, columns, data }: Matrix64): Float64Array {
  const mean = new Float64Array(columns);
  data.forEach((number, index) => mean[index % columns]! += number / rows);
  return mean;
}

/** Rows without the centre, of length 1. */
function unit({ rows, columns, data }: Matrix64, centre: Float64Array): Matrix64 {
  const out = data.map((number, index) => number - centre[index % columns]!);
  for (let row = 0; row < rows; row++) {
    const own = out.subarray(row * columns, (row + 1) * columns);
    const length = Math.sqrt(own.reduce((sum, number) => sum + number * number, 0));
    if (length > 0) own.forEach((number, axis) => own[axis] = number / length);
  }
  return { rows, columns, data: out };
}

function take({ columns, data }: Matrix64, rows: ArrayLike<number>): Matrix64 {
  const out = new Float64Array(rows.length * columns);
  for (let place = 0; place < rows.length; place++) {
    out.set(data.subarray(rows[place]! * columns, (rows[place]! + 1) * columns), place * columns);
  }
  return { rows: rows.length, columns, data: out };
}
