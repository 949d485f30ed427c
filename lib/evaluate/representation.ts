/**
 * How well what a masked autoencoder makes of images tells classes apart.
 *
 * @module
 */
import * as Effect from "effect/Effect";
import type { Running } from "../dag/running.ts";
import type { DataError } from "../data/folder.ts";
import { imagesOf, labelsOf } from "../data/labelled.ts";
import type { Checkpoint } from "../kinds/checkpoint.ts";
import type { Dataset } from "../kinds/dataset.ts";
import type { Metrics } from "../kinds/metrics.ts";
import { pixelsOf } from "../nn/classifier.ts";
import type { MaeConfig, MaskedAutoencoder } from "../nn/mae.ts";
import { normaliseImages } from "../nn/normalisation.ts";
import type { Tensor } from "../tensor/array.ts";
import type { Matrix64 } from "../tensor/linalg64.ts";
import { tf } from "../tensor/native.ts";
import type { Arrays } from "../tensor/tensors.ts";
import { autoencoderIn, firstPixels } from "./autoencoder_images.ts";
import { computeInBatches } from "./batches.ts";
import type { EvaluationError } from "./examples.ts";
import { linearProbe } from "./linear_probe.ts";
import { nearestNeighbours } from "./nearest_neighbours.ts";

/** Images encoded at a time. */
const BATCH = 100;
/** The weight of ‖W‖² in the linear probe. */
const RIDGE = 1;
/** Neighbours that vote. */
const NEIGHBOURS = 5;
/** Pixels on a side of the images whose pixels are probed, at most. */
const SIDE = 32;

/** The data of a measurement. */
export interface ProbeData {
  /** Images whose labels are given. */
  readonly known: Dataset;
  /** Images whose labels are asked for. */
  readonly asked: Dataset;
  /** The same, corrupted. */
  readonly noisy: Dataset;
}

/** How many images are looked at, at most. */
export interface ProbeCounts {
  /** Of those that are known. */
  readonly known: number;
  /** Of those that are asked for. */
  readonly asked: number;
}

/**
 * Classifies images by the frozen encoder's tokens, of which none is hidden.
 *
 * Needs TensorFlow to be loaded. Fails when the images do not fit the network, or the checkpoint is another's.
 *
 * @returns Shares of images that get their label: `class.linear` by a linear probe of the class token, `class.neighbours` by
 * its five nearest neighbours, `mean.linear` and `mean.neighbours` by the mean of the patches' tokens; under `noisy` the
 * same of the corrupted images.
 */
export const measureRepresentation = Effect.fnUntraced(function* <Config extends MaeConfig>(
  network: MaskedAutoencoder<Config>,
  checkpoint: Checkpoint,
  data: ProbeData,
  counts: ProbeCounts,
): Effect.fn.Return<Metrics, unknown, Running> {
  const saved = yield* autoencoderIn(network, checkpoint);
  const encode = (data: Dataset, count: number) =>
    Effect.flatMap(firstPixels(saved.config, data, count), (images) =>
      computeInBatches({
        parameters: saved.parameters,
        examples: { images },
        size: BATCH,
        compute: (parameters, { images }) => {
          const tokens = network.encode(
            parameters,
            normaliseImages(images!, saved.normalisation),
            saved.config,
          );
          return {
            class: tf.squeeze(tf.slice(tokens, [0, 0, 0], [-1, 1, -1]), [1]),
            mean: tf.mean(tf.slice(tokens, [0, 1, 0], [-1, -1, -1]), 1),
          };
        },
      }));
  return yield* probeAll(encode, data, counts);
});

/**
 * Classifies images by their pixels: `pixels.linear` and `pixels.neighbours`, as {@linkcode measureRepresentation} does. Of
 * large images, means over squares that leave at most 32 pixels on a side: a probe's cost grows with the cube of the pixels.
 */
export function measurePixels(data: ProbeData, counts: ProbeCounts): Effect.Effect<Metrics, unknown> {
  const flat = (data: Dataset, count: number) =>
    Effect.map(imagesOf(data), ({ count: available, height, width }) => {
      const rows = Array.from({ length: Math.min(count, available) }, (_, image) => image);
      const pixels = shrunk(pixelsOf(data.tensors.images!, rows), Math.ceil(Math.max(height, width) / SIDE));
      return { pixels: { ...pixels, shape: [rows.length, pixels.data.length / rows.length] } };
    });
  return probeAll(flat, data, counts);
}

/** Means of images float32 [n, H, W, C] over squares of a side; pixels that fill no square are left out. */
function shrunk({ dtype, shape, data }: Tensor, side: number): Tensor {
  const [images, height, width, channels] = shape as [number, number, number, number];
  const [rows, columns] = [Math.floor(height / side), Math.floor(width / side)];
  const means = new Float32Array(images * rows * columns * channels);
  for (let image = 0; image < images; image++) {
    for (let y = 0; y < rows * side; y++) {
      for (let x = 0; x < columns * side; x++) {
        const from = ((image * height + y) * width + x) * channels;
        const to = ((image * rows + Math.floor(y / side)) * columns + Math.floor(x / side)) * channels;
        for (let channel = 0; channel < channels; channel++) {
          means[to + channel]! += Number(data[from + channel]) / side ** 2;
        }
      }
    }
  }
  return { dtype, shape: [images, rows, columns, channels], data: means };
}

/** Fits probes to the known images' features and asks them. */
const probeAll = Effect.fnUntraced(function* <R>(
  featuresOf: (data: Dataset, count: number) => Effect.Effect<Arrays, unknown, R>,
  { known, asked, noisy }: ProbeData,
  counts: ProbeCounts,
): Effect.fn.Return<Metrics, unknown, R> {
  const [knownLabels, classes] = yield* firstLabels(known, counts.known);
  const [labels] = yield* firstLabels(asked, counts.asked);
  const fitted = yield* featuresOf(known, counts.known);
  const shares = (features: Arrays): Metrics =>
    Object.fromEntries(
      Object.entries(features).map(([name, tokens]) => {
        const given = { features: matrixOf(fitted[name]!), labels: knownLabels, classes };
        const rows = matrixOf(tokens);
        return [name, {
          linear: shareRight(linearProbe(given, rows, RIDGE), labels),
          neighbours: shareRight(nearestNeighbours(given, rows, NEIGHBOURS), labels),
        }];
      }),
    );
  return {
    ...shares(yield* featuresOf(asked, counts.asked)),
    noisy: shares(yield* featuresOf(noisy, counts.asked)),
    data: asked.about.name,
    known: knownLabels.length,
    asked: labels.length,
  };
});

const firstLabels = Effect.fnUntraced(function* (
  data: Dataset,
  count: number,
): Effect.fn.Return<readonly [labels: Int32Array, classes: number], EvaluationError | DataError> {
  const labels = yield* labelsOf(data);
  return [labels.data.subarray(0, count), labels.classes.length];
});

function shareRight(guesses: Int32Array, labels: Int32Array): number {
  return guesses.reduce((sum, guess, index) => sum + (guess === labels[index] ? 1 : 0), 0) / labels.length;
}

function matrixOf({ shape, data }: Tensor): Matrix64 {
  return { rows: shape[0]!, columns: shape[1]!, data: Float64Array.from(data as Float32Array) };
}
