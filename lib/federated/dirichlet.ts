/**
 * Data dealt out to clients unevenly: each class in shares drawn from a Dirichlet distribution.
 *
 * @module
 */
import jStat from "jstat";
import { uniform } from "../data/random.ts";
import { FederationError } from "./errors.ts";

/** How data are dealt out. */
export interface Dealing {
  /** α: the smaller, the fewer clients share a class. */
  readonly alpha: number;
  /** How many clients. */
  readonly clients: number;
  /** How many examples each must get, of every split: shares that give fewer are drawn again. */
  readonly least: number;
  /** The seed. */
  readonly seed: number;
}

/** How often shares are drawn before giving up. */
const ATTEMPTS = 1000;

/**
 * Draws what share of each class each client gets: for every class, `p ~ Dirichlet(α, …, α)` over clients.
 *
 * @param counts For every split, how many examples each class has.
 * @returns Shares by class and client; those of a class sum to 1.
 * @throws {FederationError} When 1000 draws leave a client with too few examples.
 */
export function dirichletShares(
  { alpha, clients, least, seed }: Dealing,
  counts: readonly (readonly number[])[],
): readonly (readonly number[])[] {
  for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
    const shares = counts[0]!.map((_, label) => {
      const key = { seed, stream: `dirichlet/class ${label}`, step: attempt };
      return dirichlet(alpha, uniform(key, 2 * clients));
    });
    const enough = counts.every((ofClass) =>
      Array.from({ length: clients }, (_, client) => client).every((client) =>
        ofClass.reduce((sum, count, label) => sum + sizeOf(shares[label]!, client, count), 0) >= least
      )
    );
    if (enough) return shares;
  }
  throw new FederationError({
    message: `No way was found to give ${clients} clients ${least} examples each at α = ${alpha} with ` +
      `${counts[0]!.length} classes: take a greater α, fewer clients or data with more classes.`,
  });
}

/**
 * A client's part of a class whose examples lie in order.
 *
 * @param shares What share of the class each client gets.
 * @param client Which client.
 * @param count How many examples the class has.
 * @returns The first place and the place after the last.
 */
export function partOf(
  shares: readonly number[],
  client: number,
  count: number,
): readonly [from: number, to: number] {
  const edge = (clients: number) =>
    Math.round(count * shares.slice(0, clients).reduce((sum, share) => sum + share, 0));
  return [edge(client), edge(client + 1)];
}

function sizeOf(shares: readonly number[], client: number, count: number): number {
  const [from, to] = partOf(shares, client, count);
  return to - from;
}

/**
 * A draw from the symmetric Dirichlet distribution: gamma variates, each a variate of shape α + 1 times a power of a
 * uniform number, in logarithms since for small α most are too small for a double.
 *
 * @param draws Two uniform numbers for each share.
 */
function dirichlet(alpha: number, draws: Float64Array): readonly number[] {
  const logs = Array.from({ length: draws.length / 2 }, (_, i) => {
    const gamma = jStat.gamma.inv(draws[2 * i]!, alpha + 1, 1);
    return Math.log(gamma) + Math.log(1 - draws[2 * i + 1]!) / alpha;
  });
  const greatest = Math.max(...logs);
  const parts = logs.map((log) => Math.exp(log - greatest));
  const total = parts.reduce((sum, part) => sum + part, 0);
  return parts.map((part) => part / total);
}
