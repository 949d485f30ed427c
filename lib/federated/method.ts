/**
 * Federated methods: what a server and its clients do in a round. All methods have this one interface.
 *
 * @module
 */
import type { Problem } from "./problem.ts";
import type { Vector } from "./vector.ts";

/** What every server keeps. */
export interface Server {
  /** x: the model. */
  readonly model: Vector;
  /** λ: the weights of the clients. */
  readonly weights: Vector;
}

/** What a method sees of a round. */
export interface Round {
  /** The clients' losses. */
  readonly problem: Problem;
  /** The round's number, from 0. */
  readonly round: number;
  /** The seed of whatever is drawn. */
  readonly seed: number;
  /** The clients that take part. */
  readonly present: readonly number[];
  /** Those of them that answer to the end; the others drop out after their first answer. */
  readonly staying: readonly number[];
}

/** What went over the network in a round: numbers, of all clients together. */
export interface Traffic {
  /** How often the server asks and waits for answers. */
  readonly exchanges: number;
  /** Numbers from clients to the server. */
  readonly up: number;
  /** Numbers from the server to clients. */
  readonly down: number;
}

/** A federated method. */
export interface Method<State extends Server = Server> {
  /** Its name, as readers know it. */
  readonly name: string;
  /** What the server has before the first round. */
  start(problem: Problem): State;
  /** A round: what the server has after it, and what went over the network. */
  advance(state: State, round: Round): { readonly state: State; readonly traffic: Traffic };
}
