/**
 * Federated problems: clients with losses of their own, over one model.
 *
 * @module
 */
import type { RandomKey } from "../data/random.ts";
import type { Vector } from "./vector.ts";

/** A client: its loss f_i, over data that it keeps. */
export interface Client {
  /** How many examples it has. */
  readonly examples: number;
  /** The loss f_i at a model, over all its examples. */
  readonly loss: (model: Float64Array) => number;
  /** The gradient of f_i at a model: over all examples, or over a batch of them drawn by the key. */
  readonly gradient: (model: Float64Array, draw?: RandomKey) => Vector;
}

/** Clients that share a model. */
export interface Problem {
  /** The clients. */
  readonly clients: readonly Client[];
  /** How many numbers a model has. */
  readonly dimension: number;
  /** L_xx: the greatest curvature of any client's loss. */
  readonly smoothness: number;
  /** μ_x: a curvature that no client's loss is below. */
  readonly convexity: number;
}

/** The losses of all clients at a model. */
export function lossesAt({ clients }: Problem, model: Float64Array): Vector {
  return Float64Array.from(clients, ({ loss }) => loss(model));
}
