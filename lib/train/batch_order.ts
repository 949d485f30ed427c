/**
 * Which examples a batch has.
 *
 * @module
 */
import { permutation } from "../data/random.ts";

/** What decides the order of examples. */
export interface BatchOrder {
  /** The seed. */
  readonly seed: number;
  /** Examples in a batch. */
  readonly batch: number;
  /** Examples in all: at least as many. */
  readonly count: number;
  /** How often each comes in a row; an epoch then has fewer of them. Default 1. */
  readonly repeats?: number;
}

/** Where the batch of a step is. */
export interface BatchPlace {
  /** Which epoch it is. */
  readonly epoch: number;
  /** The order of the examples in that epoch, in whole batches. */
  readonly order: Int32Array;
  /** Where in that order the batch begins. */
  readonly place: number;
}

/**
 * The batch of each step, as a function of the step alone: epochs are permutations drawn by their number, and leave out
 * the last few examples that do not fill a batch.
 */
export function batchOrder({ seed, batch, count, repeats = 1 }: BatchOrder): (step: number) => BatchPlace {
  const perEpoch = Math.floor(count / batch);
  const orderOf = lastCall((epoch: number) => {
    const order = permutation({ seed, stream: "batches", step: epoch }, count);
    return order.map((_, place) => order[Math.floor(place / repeats)]!).subarray(0, perEpoch * batch);
  });
  return (step) => {
    const epoch = Math.floor(step / perEpoch);
    return { epoch, order: orderOf(epoch), place: (step % perEpoch) * batch };
  };
}

/** Remembers a function's last value, since a training asks for the same epoch's order many times in a row. */
function lastCall<A>(f: (argument: number) => A): (argument: number) => A {
  let last: { readonly argument: number; readonly value: A } | undefined;
  return (argument) => {
    if (last?.argument !== argument) last = { argument, value: f(argument) };
    return last.value;
  };
}
