/**
 * A linear softmax head over frozen features as a client's loss: what real federated data is classified with.
 *
 * @module
 */
import { integers } from "../data/random.ts";
import { type Examples, greatestCurvature } from "./examples.ts";
import type { Client } from "./problem.ts";
import type { Vector } from "./vector.ts";

/** What the loss of a head depends on, beyond its data. */
export interface HeadLoss {
  /** How many classes. */
  readonly classes: number;
  /** The weight of ½‖x‖², which makes the loss strongly convex. */
  readonly ridge: number;
  /** Examples of a batch, drawn with replacement. */
  readonly batch: number;
}

/** A head's loss, with the curvature that it is nowhere above. */
export interface Head extends Client {
  /** The curvature that the loss is nowhere above. */
  readonly smoothness: number;
}

/**
 * The mean cross-entropy of a linear head. A model is the weights `[dimension, classes]`, row after row.
 *
 * @param examples Features with their classes.
 */
export function softmaxHead(examples: Examples, { classes, ridge, batch }: HeadLoss): Head {
  const { count, dimension, features, targets } = examples;
  const everyone = Int32Array.from({ length: count }, (_, row) => row);
  const scores = new Float64Array(classes);
  /** Turns scores into probabilities of the row, and gives its loss. */
  const score = (model: Float64Array, row: number): number => {
    scoreRow(model, features, row * dimension, dimension, scores);
    return normalise(scores, targets[row]!);
  };
  const gradientOver = (model: Float64Array, rows: Int32Array): Vector => {
    const gradient = new Float64Array(model.length);
    for (let i = 0; i < model.length; i++) gradient[i] = ridge * model[i]!;
    const share = 1 / rows.length;
    for (const row of rows) {
      score(model, row);
      scores[targets[row]!]! -= 1;
      const start = row * dimension;
      for (let i = 0; i < dimension; i++) {
        const pull = share * features[start + i]!;
        const at = i * classes;
        for (let c = 0; c < classes; c++) gradient[at + c]! += pull * scores[c]!;
      }
    }
    return gradient;
  };
  return {
    examples: count,
    // The softmax has a curvature of at most ½.
    smoothness: greatestCurvature(examples) / 2 + ridge,
    loss: (model) => {
      let sum = 0;
      for (let row = 0; row < count; row++) sum += score(model, row);
      return sum / count + ridge / 2 * model.reduce((norm, weight) => norm + weight * weight, 0);
    },
    gradient: (model, draw) =>
      gradientOver(model, draw === undefined || batch >= count ? everyone : integers(draw, batch, count)),
  };
}

/** The share of examples whose class has the highest score. */
export function headAccuracy(
  model: Float64Array,
  { count, dimension, features, targets }: Examples,
): number {
  const scores = new Float64Array(model.length / dimension);
  let right = 0;
  for (let row = 0; row < count; row++) {
    scoreRow(model, features, row * dimension, dimension, scores);
    const guess = scores.reduce((best, value, c) => value > scores[best]! ? c : best, 0);
    if (guess === targets[row]) right++;
  }
  return right / count;
}

function scoreRow(
  model: Float64Array,
  features: Float64Array,
  start: number,
  dimension: number,
  scores: Float64Array,
): void {
  const classes = scores.length;
  scores.fill(0);
  for (let i = 0; i < dimension; i++) {
    const feature = features[start + i]!;
    const at = i * classes;
    for (let c = 0; c < classes; c++) scores[c]! += feature * model[at + c]!;
  }
}

/** Replaces scores by their softmax, and gives the cross-entropy of the target. */
function normalise(scores: Float64Array, target: number): number {
  let greatest = -Infinity;
  for (let c = 0; c < scores.length; c++) greatest = Math.max(greatest, scores[c]!);
  const shifted = scores[target]! - greatest;
  let total = 0;
  for (let c = 0; c < scores.length; c++) total += scores[c] = Math.exp(scores[c]! - greatest);
  for (let c = 0; c < scores.length; c++) scores[c]! /= total;
  return Math.log(total) - shifted;
}
