/**
 * What can be wrong with a federation.
 *
 * @module
 */
import * as Schema from "effect/Schema";

/** A federation cannot be set up as asked: what was wrong, where, and what to do. */
export class FederationError extends Schema.TaggedError<FederationError>()("FederationError", {
  message: Schema.String,
}) {}
