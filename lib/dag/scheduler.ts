/**
 * The scheduler: runs what is stale of a plan, in the order of the longest remaining path, within the machine's limits.
 *
 * @module
 */
import * as Effect from "effect/Effect";
import * as Queue from "effect/Queue";
import { appraiser } from "./appraise.ts";
import type { Capability } from "./capability.ts";
import type { PipelineError, StoreError } from "./errors.ts";
import type { Event } from "./event.ts";
import { processExecutor } from "./executor/process.ts";
import { machine } from "./machine.ts";
import { dependencies, type Node } from "./node.ts";
import { type Result, succeeded, type Work } from "./outcome.ts";
import { closure } from "./pipeline.ts";
import { prepareOnce } from "./prepare.ts";
import { remainingSeconds } from "./priority.ts";
import { settler } from "./settle.ts";
import type { Store } from "./store.ts";
import { tried } from "./tried.ts";

export type { Result, State } from "./outcome.ts";

/** How to run. */
export interface RunOptions {
  /** The store. */
  readonly store: Store;
  /** What tasks may use, by name. */
  readonly capabilities: Readonly<Record<string, Capability>>;
  /** How many cores to use. */
  readonly cores: number;
  /** How much memory to use, in MiB. */
  readonly memory: number;
  /** Which graphics processors to use, by id. */
  readonly gpus: readonly number[];
  /** Whether other branches go on after a failure. */
  readonly keepGoing: boolean;
  /** Which nodes run even when their result is at hand. */
  readonly force: (node: Node) => boolean;
  /** Hears what happens. */
  readonly onEvent: (event: Event) => void;
}

/**
 * Runs whatever is stale between the roots and what they need. Failures of nodes are in the results; the effect itself
 * fails on a pipeline that cannot be run at all, or a store that cannot be used. Interrupting it stops every node.
 *
 * @param roots The nodes whose results are wanted.
 * @param options The store, the machine's limits, and who listens.
 * @returns What became of each node, by address, in an order in which every node comes after its inputs.
 */
export const execute: (
  roots: readonly Node[],
  options: RunOptions,
) => Effect.Effect<ReadonlyMap<string, Result>, PipelineError | StoreError> = Effect.fn("execute")(function* (
  roots,
  options,
) {
  const { store, capabilities, onEvent } = options;
  const nodes = yield* tried(() => closure(roots));
  onEvent({ type: "planned", nodes });
  const workers = processExecutor(store, options.cores);
  const results = new Map<string, Result>();
  const priorities = remainingSeconds(nodes, (task) => store.ledger.meanSeconds(task));
  const { look, carryOut } = settler({
    ...options,
    appraiser: yield* Effect.tryPromise({
      try: () => appraiser(nodes, store, capabilities),
      catch: (error) => error as PipelineError | StoreError,
    }),
    workers,
    machine: machine(options),
    priorities,
    prepare: yield* prepareOnce(capabilities, onEvent),
    results,
  });
  const order = ordered(nodes);

  /** Settles what is ready and at hand, and what that makes ready in turn. Returns the work that remains. */
  const advance = (): readonly Work[] => {
    const works: Work[] = [];
    for (let node = order.next(); node !== undefined; node = order.next()) {
      const bad = dependencies(node).find((input) => !succeeded(results.get(input.address)!));
      if (bad !== undefined) {
        settle(skip(node, bad));
        continue;
      }
      const found = look(node);
      if ("state" in found) settle(found);
      else works.push(found);
    }
    return works.sort((a, b) => priorities.get(b.node.address)! - priorities.get(a.node.address)!);
  };
  const skip = (node: Node, because: Node): Result => {
    onEvent({ type: "skipped", node, because });
    return { node, state: "skipped", reasons: [], seconds: 0 };
  };
  const settle = (result: Result) => {
    results.set(result.node.address, result);
    order.settled(result.node);
  };

  const walk = Effect.gen(function* () {
    const news = yield* Queue.unbounded<Result, PipelineError | StoreError>();
    let underWay = 0;
    while (true) {
      for (const work of yield* tried(advance)) {
        underWay++;
        yield* Effect.forkScoped(
          Effect.matchCauseEffect(carryOut(work), {
            onFailure: (cause) => Queue.failCause(news, cause),
            onSuccess: (result) => Queue.offer(news, result),
          }),
        );
      }
      if (underWay === 0) return;
      const result = yield* Queue.take(news);
      underWay--;
      settle(result);
      if (!succeeded(result) && !options.keepGoing) return;
    }
  });

  // Leaving the scope interrupts what is still under way.
  yield* Effect.scoped(walk).pipe(Effect.ensuring(Effect.sync(workers.close)));
  for (const node of nodes.filter(({ address }) => !results.has(address))) {
    const bad = dependencies(node).find((input) => hasFailed(results.get(input.address)!));
    settle(bad === undefined ? { node, state: "interrupted", reasons: [], seconds: 0 } : skip(node, bad));
  }
  return new Map(nodes.map((node) => [node.address, results.get(node.address)!]));
});

/** Whether a node failed, or one before it did. */
function hasFailed({ state }: Result): boolean {
  return state === "failed" || state === "skipped";
}

/** Gives nodes as the ones wired into them settle. */
function ordered(nodes: readonly Node[]) {
  const waiting = new Map<string, number>();
  const behind = new Map<string, Node[]>(nodes.map((node) => [node.address, []]));
  for (const node of nodes) {
    const inputs = new Set(dependencies(node).map((input) => input.address));
    waiting.set(node.address, inputs.size);
    for (const input of inputs) behind.get(input)!.push(node);
  }
  const ready = nodes.filter((node) => waiting.get(node.address) === 0).reverse();
  return {
    /** A node that is ready and was not given yet. */
    next: () => ready.pop(),
    /** Notes that a node has settled. */
    settled: (node: Node) => {
      for (const next of behind.get(node.address)!) {
        const left = waiting.get(next.address)! - 1;
        waiting.set(next.address, left);
        if (left === 0) ready.push(next);
      }
    },
  };
}
