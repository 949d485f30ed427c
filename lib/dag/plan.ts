/**
 * Plans: what a run would do, without doing it.
 *
 * @module
 */
import * as Effect from "effect/Effect";
import { appraiser } from "./appraise.ts";
import type { Capability } from "./capability.ts";
import type { PipelineError, StoreError } from "./errors.ts";
import { dependencies, type Node } from "./node.ts";
import { closure } from "./pipeline.ts";
import type { NodeRecord } from "./record.ts";
import type { Facts, Reason } from "./staleness.ts";
import type { Store } from "./store.ts";

/** What a run would do with a node. */
export interface Planned {
  /** The node. */
  readonly node: Node;
  /** `fresh`: its result is at hand; `stale`: it must run; `waiting`: that shows when its inputs have run. */
  readonly state: "fresh" | "stale" | "waiting";
  /** Why it must run. */
  readonly reasons: readonly Reason[];
  /** Its result, when at hand. */
  readonly record?: NodeRecord;
  /** The earlier execution that the reasons compare with. */
  readonly before?: NodeRecord;
  /** What it would be run with, when that is known. */
  readonly facts?: Facts;
}

/** What to plan with. */
export interface PlanOptions {
  /** The store. */
  readonly store: Store;
  /** What tasks may use, by name. */
  readonly capabilities: Readonly<Record<string, Capability>>;
  /** Which nodes would run even when their result is at hand. */
  readonly force: (node: Node) => boolean;
}

/** Says of each node what a run would do with it, every node after the ones wired into it. */
export function plan(
  roots: readonly Node[],
  { store, capabilities, force }: PlanOptions,
): Effect.Effect<readonly Planned[], PipelineError | StoreError> {
  return Effect.tryPromise({
    try: async () => {
      const nodes = closure(roots);
      const { appraise } = await appraiser(nodes, store, capabilities);
      const planned = new Map<string, Planned>();
      for (const node of nodes) {
        const open = dependencies(node).some((input) => planned.get(input.address)!.state !== "fresh");
        planned.set(node.address, open ? { node, state: "waiting", reasons: [] } : judged(node));
      }
      return [...planned.values()] as readonly Planned[];

      function judged(node: Node): Planned {
        const found = appraise(node, (address) => planned.get(address)!.record!);
        const reasons: readonly Reason[] = force(node)
          ? [...found.reasons, { type: "forced" }]
          : found.reasons;
        return {
          node,
          state: reasons.length === 0 ? "fresh" : "stale",
          reasons,
          facts: found.facts,
          ...(found.record === undefined ? {} : { record: found.record }),
          ...(found.before === undefined ? {} : { before: found.before }),
        };
      }
    },
    catch: (error) => error as PipelineError | StoreError,
  });
}
