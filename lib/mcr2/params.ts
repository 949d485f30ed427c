/**
 * Problems as parameters of tasks.
 *
 * @module
 */
import * as Schema from "effect/Schema";
import { type Problem, ProblemError, problemOf, type Sizes } from "./problem.ts";

/** A problem as a task's parameters have it. */
export interface ProblemParams extends Sizes {
  /** λ, in (0, λ_max]. */
  readonly lambda: number;
}

/** The fields of a problem. */
export const problemFields = {
  /** d. */
  dimension: Schema.Int,
  /** m_k. */
  counts: Schema.Array(Schema.Int),
  /** ε. */
  epsilon: Schema.Finite,
  /** λ. */
  lambda: Schema.Finite,
} as const;

/** Refuses parameters that make no problem, in the words of the {@linkcode ProblemError}. */
export function problemFilter<P extends ProblemParams>(): ReturnType<typeof Schema.makeFilter<P>> {
  return Schema.makeFilter<P>((params) => refusal(() => problemOf(params)));
}

/** What a {@linkcode ProblemError} says; undefined when there is none. */
export function refusal(check: () => unknown): string | undefined {
  try {
    check();
    return undefined;
  } catch (error) {
    if (error instanceof ProblemError) return error.message;
    throw error;
  }
}

/** The problem of a task's parameters. */
export function problemIn({ dimension, counts, epsilon, lambda }: ProblemParams): Problem {
  return problemOf({ dimension, counts, epsilon, lambda });
}
