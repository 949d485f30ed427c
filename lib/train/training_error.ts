/**
 * What can go wrong with a training.
 *
 * @module
 */
import * as Schema from "effect/Schema";

/** A training cannot start, or cannot go on: why, and what to change. */
export class TrainingError extends Schema.TaggedError<TrainingError>()("TrainingError", {
  message: Schema.String,
}) {}
