/**
 * Runs whose ε is known from elsewhere: a reference that the accountants are held against, in tests and in a claim.
 *
 * @module
 */
import type { Json } from "../../dag/canonical.ts";
import { epsilonByLosses } from "./loss_distribution.ts";
import type { NoisySteps } from "./mechanism.ts";
import { totalNoise } from "./noise.ts";
import { epsilonByRenyi } from "./renyi.ts";

/** A run with the ε that dp-accounting 0.6.0 computes for it. */
export interface KnownEpsilon extends NoisySteps {
  /** The δ. */
  readonly delta: number;
  /** ε by Rényi divergences at Opacus' orders, and the order that gives it. */
  readonly renyi: number;
  /** The order. */
  readonly order: number;
  /** ε by Rényi divergences at the whole orders from 2 to 256. */
  readonly whole: number;
  /** The order. */
  readonly wholeOrder: number;
  /** ε by the distribution of privacy losses. */
  readonly losses: number;
}

type Row = readonly [number, number, number, number, number, number, number, number, number];

const laion = 233_804_767;

const rows: readonly Row[] = [
  [1, 5, 1, 1e-5, 0.794522, 22, 0.794522, 22, 0.725522],
  [1, 10, 100, 1e-5, 4.728507, 5.4, 4.752728, 5, 4.377179],
  [0.01, 1, 1, 1e-5, 0.955549, 9.9, 0.956281, 10, 0.19945],
  [0.01, 1, 1000, 1e-5, 2.101367, 7.8, 2.107753, 8, 1.828244],
  [0.01, 1.1, 10_000, 1e-5, 5.63201, 4.7, 5.654308, 5, 5.19262],
  [0.01, 4, 10_000, 1e-5, 1.03549, 17, 1.03549, 17, 0.946999],
  [256 / 60_000, 1.1, 14_100, 1e-5, 2.600343, 8.1, 2.600718, 8, 2.38521],
  [256 / 50_000, 1, 19_531, 1e-5, 4.523911, 5.4, 4.548847, 5, 4.16506],
  [0.02, 1.5, 2000, 1e-5, 3.118474, 7, 3.118474, 7, 2.859267],
  [0.1, 3, 200, 1e-5, 2.192891, 9.1, 2.193078, 9, 2.003654],
  [1024 / 20_000, 1.5, 500, 5e-5, 3.878263, 5.1, 3.880286, 5, 3.502697],
  [4096 / 50_000, 3, 2500, 1e-5, 7.098494, 4.1, 7.103, 4, 6.578904],
  [1_310_720 / laion, 0.728, 5700, 1 / laion, 8.04585, 4.3, 8.191405, 4, 7.33286],
  [1_310_720 / 233e6, 0.728, 5708, 1 / 233e6, 8.07295, 4.3, 8.213545, 4, 7.359938],
  [1_310_720 / 233e6, 1.18, 2854, 1 / 233e6, 1.997682, 13, 1.997682, 13, 1.783072],
  [1_310_720 / 2e9, 0.527, 5000, 5e-10, 7.301942, 3.9, 7.375237, 4, 6.300123],
  [200_000 / laion, 0.513, 5708, 1 / laion, 7.9859, 3.5, 9.113196, 3, 6.851204],
  [131_072 / 23.3e6, 0.728, 5708, 1 / 23.3e6, 7.375197, 4.3, 7.446016, 4, 6.679184],
];

/** The reference. */
export const privacyTable: readonly KnownEpsilon[] = rows.map(
  ([rate, noise, steps, delta, renyi, order, whole, wholeOrder, losses]) => ({
    rate,
    noise,
    steps,
    delta,
    renyi,
    order,
    whole,
    wholeOrder,
    losses,
  }),
);

/**
 * Computes the ε of every run of the reference.
 *
 * @returns `renyi` and `losses`, the greatest differences from the reference; `runs`, every run with what was found.
 */
export function compareWithReference(): {
  readonly renyi: number;
  readonly losses: number;
  readonly runs: Json;
} {
  const runs = privacyTable.map((known) => {
    const foundRenyi = epsilonByRenyi(known, known.delta).epsilon;
    const foundLosses = epsilonByLosses(known, known.delta);
    return { ...known, foundRenyi, foundLosses, tan: totalNoise(known, known.delta).epsilon };
  });
  const greatest = (differences: readonly number[]) => Math.max(...differences.map(Math.abs));
  return {
    renyi: greatest(runs.map(({ renyi, foundRenyi }) => foundRenyi - renyi)),
    losses: greatest(runs.map(({ losses, foundLosses }) => foundLosses - losses)),
    runs,
  };
}
