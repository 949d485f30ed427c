/**
 * Outcomes: what there is to do for a node, and what became of it.
 *
 * @module
 */
import type { Appraisal } from "./appraise.ts";
import type { NodeError } from "./errors.ts";
import type { Node } from "./node.ts";
import type { NodeRecord } from "./record.ts";
import type { Reason } from "./staleness.ts";

/** What became of a node. */
export type State = "ran" | "hit" | "failed" | "skipped" | "interrupted";

/** What became of a node, with its result or its error. */
export interface Result {
  /** The node. */
  readonly node: Node;
  /** What became of it. */
  readonly state: State;
  /** Why it ran. */
  readonly reasons: readonly Reason[];
  /** Its execution, when its result is at hand. */
  readonly record?: NodeRecord;
  /** Why it failed, when it did. */
  readonly error?: NodeError;
  /** How long it took, in seconds; 0 for a hit. */
  readonly seconds: number;
}

/** A node that must run. */
export interface Work {
  /** The node. */
  readonly node: Node;
  /** Its key, and what it is run with. */
  readonly appraisal: Appraisal;
  /** Why it must run. */
  readonly reasons: readonly Reason[];
}

/** Whether a node's result is at hand. */
export function succeeded({ state }: Result): boolean {
  return state === "ran" || state === "hit";
}
