/**
 * Labels that people gave to CIFAR-10's training images (Wei et al., "Learning with Noisy Labels Revisited", 2022), and
 * the test that they are those of the images at hand.
 *
 * @module
 */
import * as Effect from "effect/Effect";
import type { Running } from "../dag/running.ts";
import { cholesky64, type Matrix64 } from "../tensor/linalg64.ts";
import { type DataError, dataFolder, readDataFile } from "./folder.ts";
import type { Images } from "./labelled.ts";
import { permutation } from "./random.ts";

/** The columns of the file, 50,000 bytes each: the true labels, then those of people. */
const columns = ["clean", "aggregate", "worse", "random1", "random2", "random3"] as const;

const count = 50_000;
const classes = 10;

/** Which people's labels: the majority of three, a wrong one of three where there is one, or one of the three. */
export type HumanLabels = "aggregate" | "worse" | "random1" | "random2" | "random3";

/** Reads one column of the labels, in the order of the official files. */
export function readHumanLabels(
  column: "clean" | HumanLabels,
): Effect.Effect<Uint8Array, DataError, Running> {
  return Effect.gen(function* () {
    const folder = yield* dataFolder("cifar10n");
    const bytes = yield* readDataFile(folder, "cifar10n-labels.u8");
    const start = columns.indexOf(column) * count;
    return bytes.subarray(start, start + count);
  });
}

/**
 * The place in the official order of each image, by its place in the files at hand and its label.
 *
 * Official files have the official order. The JPEG files have none across classes: there image `i` is picture ⌊i / 10⌋ of
 * class i mod 10, which the k-th image of that class in the official order is believed to be.
 *
 * @param indices The places in the files at hand.
 * @param labels The true labels of these images.
 * @param clean The true labels in the official order.
 * @returns Undefined when the labels fit neither order.
 */
export function officialPlaces(
  indices: Int32Array,
  labels: Int32Array,
  clean: Uint8Array,
): Int32Array | undefined {
  const fits = (places: Int32Array) => places.every((place, image) => clean[place] === labels[image]);
  if (fits(indices)) return indices;
  const ofClass = Array.from({ length: classes }, (): number[] => []);
  clean.forEach((label, place) => ofClass[label]!.push(place));
  const byClass = indices.map((index) => ofClass[index % classes]![Math.floor(index / classes)]!);
  return fits(byClass) ? byClass : undefined;
}

/** What the test of alignment finds. */
export interface Alignment {
  /** How many labels differ from the true ones. */
  readonly mistakes: number;
  /** How far mistaken images lean towards the class they were taken for, in standard deviations of chance. */
  readonly deviations: number;
}

/** Labels must lean at least this far, or they are not of these images. Chance does so once in thirty thousand times. */
export const leastDeviations = 4;

/**
 * Tests that people's labels are of these images. Mistakes are not blind: an airplane taken for a ship looks more like
 * ships than most airplanes do. So, of the images that were taken for another class, it measures how much nearer they are
 * to that class's mean image than to their own's (in Mahalanobis's distance, as linear discriminants have it), and compares
 * with what the same labels give when they are shuffled among the images of each class. Images and labels that do not belong together are themselves such a shuffle.
 *
 * @param images The images.
 * @param labels Their true labels.
 * @param human People's labels.
 * @param shuffles How many shuffles chance is judged by.
 */
export function alignment(
  images: Images,
  labels: Int32Array,
  human: Int32Array,
  shuffles = 100,
): Alignment {
  const lean = leanings(blurred(images), labels);
  const mean = (given: Int32Array) => {
    let sum = 0;
    given.forEach((label, image) => sum += lean[image * classes + label]!);
    return sum / given.length;
  };
  const byClass = Array.from(
    { length: classes },
    (_, label) => Array.from(labels.keys()).filter((image) => labels[image] === label),
  );
  const chance = Array.from({ length: shuffles }, (_, step) => {
    const shuffled = human.slice();
    byClass.forEach((members, label) => {
      const order = permutation({ seed: label, stream: "alignment", step }, members.length);
      members.forEach((image, place) => shuffled[image] = human[members[order[place]!]!]!);
    });
    return mean(shuffled);
  });
  const expected = chance.reduce((sum, one) => sum + one, 0) / shuffles;
  const variance = chance.reduce((sum, one) => sum + (one - expected) ** 2, 0) / (shuffles - 1);
  return {
    mistakes: human.filter((label, image) => label !== labels[image]).length,
    deviations: variance === 0 ? 0 : (mean(human) - expected) / Math.sqrt(variance),
  };
}

/** The side of the squares over which images are averaged: what an image looks like from afar. */
const block = 4;

interface Vectors {
  readonly length: number;
  readonly data: Float64Array;
}

function blurred({ count, height, width, channels, data }: Images): Vectors {
  const [rows, across] = [height / block, width / block];
  const length = rows * across * channels;
  const vectors = new Float64Array(count * length);
  for (let image = 0; image < count; image += 1) {
    for (let row = 0; row < height; row += 1) {
      for (let column = 0; column < width * channels; column += 1) {
        const cell = Math.floor(row / block) * across + Math.floor(column / channels / block);
        vectors[image * length + cell * channels + column % channels]! += data[
          (image * height + row) * width * channels + column
        ]! / block ** 2;
      }
    }
  }
  return { length, data: vectors };
}

/**
 * Of each image and each class, how much nearer it is to the class's mean than to its own class's, in Mahalanobis's
 * distance: `[n, classes]`.
 */
function leanings({ length, data }: Vectors, labels: Int32Array): Float64Array {
  const means = new Float64Array(classes * length);
  const sizes = new Float64Array(classes);
  labels.forEach((label) => sizes[label]! += 1);
  labels.forEach((label, image) => {
    for (let at = 0; at < length; at += 1) {
      means[label * length + at]! += data[image * length + at]! / sizes[label]!;
    }
  });
  const centred = data.map((value, place) =>
    value - means[labels[Math.floor(place / length)]! * length + place % length]!
  );
  const root = covarianceRoot({ length, data: centred });
  const [whitened, whitenedMeans] = [data, means].map((rows) => solveRows(root, { length, data: rows }));
  const lean = new Float64Array(labels.length * classes);
  labels.forEach((own, image) => {
    const distances = Array.from({ length: classes }, (_, label) => {
      let sum = 0;
      for (let at = 0; at < length; at += 1) {
        sum += (whitened![image * length + at]! - whitenedMeans![label * length + at]!) ** 2;
      }
      return sum;
    });
    distances.forEach((distance, label) => lean[image * classes + label] = distances[own]! - distance);
  });
  return lean;
}

/** The Cholesky factor of the covariance of centred vectors, with a hundredth of its mean variance on its diagonal. */
function covarianceRoot({ length, data }: Vectors): Matrix64 {
  const covariance = new Float64Array(length * length);
  const count = data.length / length;
  for (let image = 0; image < count; image += 1) {
    for (let i = 0; i < length; i += 1) {
      const left = data[image * length + i]! / count;
      for (let j = 0; j <= i; j += 1) covariance[i * length + j]! += left * data[image * length + j]!;
    }
  }
  let trace = 0;
  for (let i = 0; i < length; i += 1) trace += covariance[i * (length + 1)]!;
  for (let i = 0; i < length; i += 1) covariance[i * (length + 1)]! += 0.01 * trace / length;
  return cholesky64({ rows: length, columns: length, data: covariance });
}

/** Of each row x, the L⁻¹ x for a lower triangular L. */
function solveRows({ rows: n, data: lower }: Matrix64, { length, data }: Vectors): Float64Array {
  const solved = data.slice();
  for (let start = 0; start < data.length; start += length) {
    for (let i = 0; i < n; i += 1) {
      let value = solved[start + i]!;
      for (let j = 0; j < i; j += 1) value -= lower[i * n + j]! * solved[start + j]!;
      solved[start + i] = value / lower[i * n + i]!;
    }
  }
  return solved;
}
