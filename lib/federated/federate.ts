/**
 * Running a federated method: rounds, who takes part in them, and what goes over the network.
 *
 * @module
 */
import * as Schema from "effect/Schema";
import { permutation, uniform } from "../data/random.ts";
import type { Method, Server } from "./method.ts";
import type { Problem } from "./problem.ts";
import type { Vector } from "./vector.ts";

const Share = Schema.Finite.check(Schema.isBetween({ minimum: 0, maximum: 1 }));
const Count = Schema.Int.check(Schema.isGreaterThan(0));

/** How a federation runs, whatever its method. */
export const Plan = Schema.Struct({
  /** How many rounds. */
  rounds: Count,
  /** After how many rounds the server is looked at; the last one always is. */
  every: Count,
  /** The share of clients that take part in a round: a new choice in each, of at least one. */
  participation: Share.check(Schema.isGreaterThan(0)),
  /** The probability with which a client that takes part drops out after its first answer. */
  dropOut: Share,
  /** The seed of these choices, of batches, and of what a method draws. */
  seed: Schema.Int,
});

/** How a federation runs. */
export type Plan = typeof Plan.Type;

/** The server and what it cost, after some rounds. */
export interface Moment {
  /** Rounds done. */
  readonly round: number;
  /** The model. */
  readonly model: Vector;
  /** The weights. */
  readonly weights: Vector;
  /** Exchanges, and numbers up and down, since the beginning. */
  readonly traffic: { readonly exchanges: number; readonly up: number; readonly down: number };
}

/** Who takes part in a round, and who of them stays to its end. */
export function attendance(
  clients: number,
  round: number,
  { participation, dropOut, seed }: Pick<Plan, "participation" | "dropOut" | "seed">,
): { readonly present: readonly number[]; readonly staying: readonly number[] } {
  const order = permutation({ seed, stream: "federation/present", step: round }, clients);
  const present = [...order.subarray(0, Math.max(1, Math.round(participation * clients)))].sort((a, b) =>
    a - b
  );
  const chance = uniform({ seed, stream: "federation/drop-out", step: round }, clients);
  return { present, staying: present.filter((client) => chance[client]! >= dropOut) };
}

/**
 * Runs a method, moment by moment: the server before the first round, and after every `plan.every` rounds.
 *
 * @param method The method.
 * @param problem The clients.
 * @param plan The rounds.
 */
export function* federate<State extends Server>(
  method: Method<State>,
  problem: Problem,
  plan: Plan,
): Generator<Moment, void, void> {
  let state = method.start(problem);
  let traffic = { exchanges: 0, up: 0, down: 0 };
  const moment = (round: number): Moment => ({ round, model: state.model, weights: state.weights, traffic });
  yield moment(0);
  for (let round = 0; round < plan.rounds; round++) {
    const who = attendance(problem.clients.length, round, plan);
    const after = method.advance(state, { problem, round, seed: plan.seed, ...who });
    state = after.state;
    traffic = {
      exchanges: traffic.exchanges + after.traffic.exchanges,
      up: traffic.up + after.traffic.up,
      down: traffic.down + after.traffic.down,
    };
    if ((round + 1) % plan.every === 0 || round + 1 === plan.rounds) yield moment(round + 1);
  }
}
