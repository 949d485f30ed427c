/**
 * Trying: synchronous work on plans and stores, as an effect that fails with what it throws.
 *
 * @module
 */
import * as Effect from "effect/Effect";
import type { PipelineError, StoreError } from "./errors.ts";

/** Does work that throws a `PipelineError` or a `StoreError` at worst. */
export function tried<A>(act: () => A): Effect.Effect<A, PipelineError | StoreError> {
  return Effect.try({ try: act, catch: (error) => error as PipelineError | StoreError });
}
