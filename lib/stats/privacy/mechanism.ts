/**
 * The mechanism of DP-SGD: the Gaussian mechanism on a Poisson sample, step after step.
 *
 * @module
 */
import * as Schema from "effect/Schema";

/** One step: each example is in the sample by a coin of its own, and their clipped sum gets noise. */
export interface SubsampledGaussian {
  /** The chance q that an example is in the sample. */
  readonly rate: number;
  /** The noise multiplier σ: the noise's standard deviation over the greatest norm of an example's gradient. */
  readonly noise: number;
}

/** All steps of a run. */
export interface NoisySteps extends SubsampledGaussian {
  /** The number of steps, T. */
  readonly steps: number;
}

/** What was asked of the accountant makes no sense: which number, and what it must be. */
export class PrivacyError extends Schema.TaggedError<PrivacyError>()("PrivacyError", {
  message: Schema.String,
}) {}

/**
 * Refuses a rate outside of (0, 1], noise that is not positive, and steps that are no whole number of at least 1.
 *
 * @throws {PrivacyError} Naming the number and what it must be.
 */
export function checkSteps({ rate, noise, steps }: NoisySteps): void {
  if (!(rate > 0 && rate <= 1)) {
    throw new PrivacyError({
      message: `The sampling rate q is a probability above 0 and at most 1, not ${rate}: ` +
        "it is the expected batch size over the number of examples.",
    });
  }
  if (!(noise > 0 && noise < Infinity)) {
    throw new PrivacyError({
      message: `The noise multiplier σ is a positive number, not ${noise}: without noise no ε is finite.`,
    });
  }
  if (!(Number.isSafeInteger(steps) && steps >= 1)) {
    throw new PrivacyError({ message: `The number of steps is a whole number of at least 1, not ${steps}.` });
  }
}

/**
 * Refuses a δ outside of (0, 1).
 *
 * @throws {PrivacyError} Saying what it must be.
 */
export function checkDelta(delta: number): void {
  if (delta > 0 && delta < 1) return;
  throw new PrivacyError({
    message: `δ is a probability between 0 and 1, not ${delta}; one over the number of examples is usual.`,
  });
}
