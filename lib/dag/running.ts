/**
 * What a task may ask of the engine while it runs.
 *
 * @module
 */
import * as Context from "effect/Context";

/** How far a task has come: shown live, and logged. */
export interface Progress {
  /** Steps done. */
  readonly step: number;
  /** Steps in all. */
  readonly total: number;
  /** What the steps are, when not `steps`: `images`, `bytes`, … */
  readonly unit?: string;
  /** Numbers worth watching, such as the loss. */
  readonly values?: Readonly<Record<string, number>>;
}

/** The running node's surroundings. */
export class Running extends Context.Service<Running, {
  /** Tells how far the task has come. Cheap enough to call at every step. */
  readonly report: (progress: Progress) => void;
  /** Writes a line into the node's log. */
  readonly log: (line: string) => void;
  /** A folder that belongs to this key alone and outlives a kill: for checkpoints from which to resume. */
  readonly scratch: string;
  /** The values of the environment variables that the task declares; unset and empty ones are absent. */
  readonly env: Readonly<Record<string, string>>;
  /** What each capability that the task `uses` prepared: a folder, a library's path, … */
  readonly prepared: Readonly<Record<string, unknown>>;
}>()("assay/dag/Running") {}
