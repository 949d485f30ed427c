/**
 * Appraisal: is a node's result at hand, and if not, why not.
 *
 * @module
 */
import * as Effect from "effect/Effect";
import type { Capability } from "./capability.ts";
import type { PipelineError, StoreError } from "./errors.ts";
import { type Code, fingerprint } from "./fingerprint.ts";
import { capabilityOf, declaredUses, environment, factsOf, keyOf } from "./key.ts";
import type { Node } from "./node.ts";
import type { NodeRecord } from "./record.ts";
import { differences, type Facts, type Reason } from "./staleness.ts";
import type { Store } from "./store.ts";
import type { Task } from "./task.ts";

/** What is known of a node before it runs. */
export interface Appraisal {
  /** The key under which its result is, or will be. */
  readonly key: string;
  /** What it would be run with. */
  readonly facts: Facts;
  /** Its result, when it is at hand. */
  readonly record: NodeRecord | undefined;
  /** Why it must run; empty when its result is at hand. */
  readonly reasons: readonly Reason[];
  /** The earlier execution that the reasons compare with. */
  readonly before: NodeRecord | undefined;
}

/** Appraises nodes whose inputs are at hand. */
export interface Appraiser {
  /**
   * Appraises a node.
   *
   * @param node The node.
   * @param made The record of each node wired in, by address.
   */
  readonly appraise: (node: Node, made: (address: string) => NodeRecord) => Appraisal;
  /** Bundles a task's code again: its object turned out corrupt. */
  readonly bundleAgain: (task: Task) => Effect.Effect<void, PipelineError | StoreError>;
}

/**
 * Makes an appraiser for a plan: fingerprints its tasks, and remembers what ran before it.
 *
 * @param nodes All nodes of the plan.
 * @param store The store.
 * @param capabilities What tasks may use, by name.
 * @throws {PipelineError} On a task whose code cannot be hashed, or that uses a capability which nobody provides.
 */
export async function appraiser(
  nodes: readonly Node[],
  store: Store,
  capabilities: Readonly<Record<string, Capability>>,
): Promise<Appraiser> {
  const tasks = [...new Set(nodes.map((node) => node.task))];
  // Found out now, before anything runs, and not when the first of its nodes is at its turn.
  for (const node of nodes) declaredUses(node).forEach((name) => capabilityOf(node.task, name, capabilities));
  const codes = new Map(await fingerprint(tasks, store));
  const environments = new Map<Task, Readonly<Record<string, string>>>();
  const environmentOf = (node: Node) => {
    const { files, uses } = node.task.spec;
    if (typeof files === "function" || typeof uses === "function") return environment(node, capabilities);
    if (!environments.has(node.task)) environments.set(node.task, environment(node, capabilities));
    return environments.get(node.task)!;
  };
  const planned = new Set(nodes.map((node) => node.address));
  const replaced = memoised((task: string) =>
    // An execution of a node that is still planned is that node's past, not this one's.
    store.ledger.executionsOfTask(task, 200).filter((record) => !planned.has(record.address))
  );
  const appraise: Appraiser["appraise"] = (node, made) => {
    const facts = factsOf(node, codes.get(node.task) as Code, made, environmentOf(node));
    const key = keyOf(facts);
    const record = store.readNode(key);
    if (record !== undefined) {
      const presence = store.presence(record.output);
      if (presence === "present") return { key, facts, record, reasons: [], before: record };
      const type = presence === "missing" ? "output-missing" as const : "output-corrupt" as const;
      const reasons: readonly Reason[] = [{ type, digest: record.output.digest }];
      return { key, facts, record: undefined, reasons, before: record };
    }
    const before = store.ledger.latestByAddress(node.address) ?? nearest(replaced(facts.task), facts);
    const found = before === undefined ? [] : differences(before, facts);
    const reasons: readonly Reason[] = found.length === 0 ? [{ type: "never-ran" }] : found;
    return { key, facts, record: undefined, reasons, before };
  };
  // What ran before is looked up before anything runs: a node's own siblings are not its past.
  for (const task of new Set(nodes.map((node) => node.task.spec.name))) replaced(task);
  const bundleAgain: Appraiser["bundleAgain"] = (task) =>
    Effect.tryPromise({
      try: async () => codes.set(task, (await fingerprint([task], store)).get(task)!),
      catch: (error) => error as PipelineError | StoreError,
    });
  return { appraise, bundleAgain };
}

/** The execution that differs in the fewest points; among equals the latest. */
function nearest(executions: readonly NodeRecord[], facts: Facts): NodeRecord | undefined {
  let best: { readonly record: NodeRecord; readonly distance: number } | undefined;
  for (const record of executions) {
    const distance = differences(record, facts).length;
    if (best === undefined || distance < best.distance) best = { record, distance };
  }
  return best?.record;
}

function memoised<A>(compute: (name: string) => A): (name: string) => A {
  const known = new Map<string, A>();
  return (name) => {
    if (!known.has(name)) known.set(name, compute(name));
    return known.get(name)!;
  };
}
