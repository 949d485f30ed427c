/**
 * What a client does by itself between two exchanges: some steps of gradient descent.
 *
 * @module
 */
import type { Client } from "./problem.ts";
import { plus, type Vector } from "./vector.ts";

/** How a client goes its local steps. */
export interface LocalSteps {
  /** J: how many steps. */
  readonly steps: number;
  /** η_ℓ: the length of each. */
  readonly rate: number;
}

/** Which batches a client draws. */
export interface Draws {
  /** The seed. */
  readonly seed: number;
  /** The client's number. */
  readonly client: number;
  /** The round's number. */
  readonly round: number;
}

/** The batch of a local step; the batch with which a round begins is that of step 0. */
export function batchOf({ seed, client, round }: Draws, { steps }: LocalSteps, step: number) {
  return { seed, stream: `batches/client ${client}`, step: round * steps + step };
}

/**
 * Descends `u ← u − η_ℓ (g(u) + correction)`, J times.
 *
 * @param correction What is added to every gradient: `c − c_i` where a method corrects the bias of local steps.
 * @param visit Sees every point that is reached, with its step from 1 to J.
 * @returns Δ = (from − u)/(η_ℓ J): the mean of the directions gone.
 */
export function descend(
  client: Client,
  from: Float64Array,
  local: LocalSteps,
  draws: Draws,
  correction?: Float64Array,
  visit: (point: Vector, step: number) => void = () => {},
): Vector {
  let point = Float64Array.from(from);
  for (let step = 0; step < local.steps; step++) {
    const gradient = client.gradient(point, batchOf(draws, local, step));
    const direction = correction === undefined ? gradient : plus(gradient, correction);
    point = plus(point, direction, -local.rate);
    visit(point, step + 1);
  }
  const scale = 1 / (local.rate * local.steps);
  return point.map((entry, i) => (from[i]! - entry) * scale);
}
