/**
 * How well features tell classes apart, by three classifiers without a network.
 *
 * @module
 */
import { linearProbe } from "../evaluate/linear_probe.ts";
import { nearestNeighbours } from "../evaluate/nearest_neighbours.ts";
import { nearestSubspace, principalSubspace } from "../evaluate/nearest_subspace.ts";
import type { Matrix64 } from "../tensor/linalg64.ts";
import { type Features, sortedByClass } from "./features.ts";
import { classesOf } from "./objective.ts";

/** Neighbours that vote. */
const NEIGHBOURS = 5;
/** The weight of ‖W‖² in the linear probe. */
const RIDGE = 1;
/** The share of a class's energy that its subspace holds. */
const ENERGY = 0.99;

/** Shares of tokens classified rightly. */
export interface Probes {
  /** By the nearest of the classes' subspaces. */
  readonly nearestSubspace: number;
  /** By the five nearest neighbours. */
  readonly nearestNeighbours: number;
  /** By ridge regression. */
  readonly linearProbe: number;
}

/** Classifies features by what others and their labels tell. */
export function probe(known: Features, asked: Features): Probes {
  const share = (guesses: Int32Array) =>
    guesses.reduce((sum, guess, index) => sum + (guess === asked.labels[index] ? 1 : 0), 0) /
    asked.labels.length;
  return {
    nearestSubspace: share(nearestSubspace(classSubspaces(known), asked.features)),
    nearestNeighbours: share(nearestNeighbours(known, asked.features, NEIGHBOURS)),
    linearProbe: share(linearProbe(known, asked.features, RIDGE)),
  };
}

/** The subspace of each class: the fewest directions that hold 99 % of the energy of its tokens. */
export function classSubspaces(known: Features): readonly Matrix64[] {
  const { features, counts } = sortedByClass(known);
  return classesOf(features, counts).map((own) => principalSubspace(own, ENERGY));
}
