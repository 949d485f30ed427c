/**
 * From a wanted ε to the noise that gives it, and what noise comes to over a run.
 *
 * @module
 */
import { checkDelta, checkSteps, type NoisySteps, PrivacyError } from "./mechanism.ts";
import { epsilonByRenyi } from "./renyi.ts";

/** A run whose noise is to be found. */
export interface WantedPrivacy {
  /** The sampling rate q. */
  readonly rate: number;
  /** The number of steps. */
  readonly steps: number;
  /** The ε to stay within. */
  readonly epsilon: number;
  /** The δ to stay within. */
  readonly delta: number;
}

/** The noise multipliers between which one is sought. */
const [LEAST, MOST] = [0.05, 10_000];

/**
 * The least noise multiplier σ, to a millionth, with which a run stays within ε at δ by {@linkcode epsilonByRenyi}.
 *
 * @example Usage
 * ```ts
 * import { noiseFor } from "./noise.ts";
 * import { epsilonByRenyi } from "./renyi.ts";
 * import { assertAlmostEquals } from "@std/assert";
 *
 * const run = { rate: 0.01, steps: 1000 };
 * const noise = noiseFor({ ...run, epsilon: 2, delta: 1e-5 });
 * assertAlmostEquals(epsilonByRenyi({ ...run, noise }, 1e-5).epsilon, 2, 1e-4);
 * ```
 *
 * @throws {PrivacyError} On numbers that make no sense, or an ε that no noise up to 10,000 reaches.
 */
export function noiseFor({ rate, steps, epsilon, delta }: WantedPrivacy): number {
  if (!(epsilon > 0 && epsilon < Infinity)) {
    throw new PrivacyError({ message: `ε is a positive number, not ${epsilon}.` });
  }
  checkDelta(delta);
  checkSteps({ rate, steps, noise: 1 });
  const within = (noise: number) => epsilonByRenyi({ rate, noise, steps }, delta).epsilon <= epsilon;
  if (!within(MOST)) {
    throw new PrivacyError({
      message: `${steps} steps at a rate of ${rate} do not stay within ε = ${epsilon} at δ = ${delta} ` +
        "with any noise: take fewer steps, or allow more.",
    });
  }
  let [low, high] = [LEAST, MOST];
  while (high / low > 1 + 1e-6) {
    const middle = Math.sqrt(low * high);
    if (within(middle)) high = middle;
    else low = middle;
  }
  return high;
}

/** The total amount of noise of a run (Sander and others 2023), and the ε that it alone would tell. */
export interface TotalNoise {
  /** η² = q² T / (2σ²): runs of equal η are about equally private, as long as σ is above about 2. */
  readonly etaSquared: number;
  /** η² + 2η √(log 1/δ): far too low for σ below 1, where the sampling no longer hides an example. */
  readonly epsilon: number;
}

/**
 * The total amount of noise of a run.
 *
 * @throws {PrivacyError} On numbers that make no sense.
 */
export function totalNoise(run: NoisySteps, delta: number): TotalNoise {
  checkSteps(run);
  checkDelta(delta);
  const etaSquared = run.rate ** 2 * run.steps / (2 * run.noise ** 2);
  return { etaSquared, epsilon: etaSquared + 2 * Math.sqrt(etaSquared * Math.log(1 / delta)) };
}
