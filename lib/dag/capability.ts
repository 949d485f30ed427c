/**
 * Capabilities: what a task needs from outside, such as TensorFlow or a data package.
 *
 * @module
 */
import type * as Effect from "effect/Effect";
import * as Schema from "effect/Schema";

/** A capability is not to be had: what is missing, and the line that mends it. */
export class CapabilityError extends Schema.TaggedError<CapabilityError>()("CapabilityError", {
  capability: Schema.String,
  message: Schema.String,
  remedy: Schema.String,
}) {}

/** What a worker process may touch so that a capability works in it. */
export interface Access {
  /** Files and folders it may read. */
  readonly read?: readonly string[];
  /** Native libraries it may load. */
  readonly ffi?: readonly string[];
  /** Environment variables it may read, with the values to set. */
  readonly env?: Readonly<Record<string, string>>;
  /** System information it may ask for (`Deno.SysPermissionDescriptor.kind`). */
  readonly sys?: readonly string[];
}

/** A capability made ready. */
export interface Prepared {
  /** What the task sees under `Running.prepared[name]`: plain JSON. */
  readonly value: unknown;
  /** What its worker may touch. */
  readonly access: Access;
}

/** How far a preparation has come. */
export interface Preparing {
  /** What is being done: `downloading tensorflow-cpu 2.21.0`. */
  readonly doing: string;
  /** Bytes (or steps) done, if known. */
  readonly done?: number;
  /** Bytes (or steps) in all, if known. */
  readonly total?: number;
}

/** One thing from outside that tasks may use, by name: `uses: ["tensorflow", "mnist"]`. */
export interface Capability {
  /** The name that tasks write in `uses`. */
  readonly name: string;
  /** One line for people. */
  readonly about: string;
  /** What of it can change a result (versions, checksums, device): part of every key that uses it. Must be quick. */
  readonly identity: () => Readonly<Record<string, string>>;
  /** Whether it is at hand or could be fetched, without fetching: for `doctor` and for refusing a run early. */
  readonly check: Effect.Effect<{ readonly ready: boolean; readonly detail: string }, CapabilityError>;
  /** Fetches and builds what is missing. Safe to run twice, at once, and to kill. */
  readonly prepare: (report: (progress: Preparing) => void) => Effect.Effect<Prepared, CapabilityError>;
}
