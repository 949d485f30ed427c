/**
 * Settling: takes a node whose inputs are at hand to its own result, whatever it finds on the way: a result that another
 * process makes meanwhile, or an input that turns out corrupt.
 *
 * @module
 */
import * as Cause from "effect/Cause";
import * as Deferred from "effect/Deferred";
import * as Effect from "effect/Effect";
import * as Exit from "effect/Exit";
import type { Appraiser } from "./appraise.ts";
import { attempt, type Surroundings } from "./attempt.ts";
import { CorruptObject, NodeError, type PipelineError, type StoreError } from "./errors.ts";
import type { Executor } from "./executor/executor.ts";
import { inlineExecutor, keepsToItself } from "./executor/inline.ts";
import { withLock } from "./lock.ts";
import type { Grant, Machine } from "./machine.ts";
import { dependencies, label, type Node } from "./node.ts";
import { type Result, succeeded, type Work } from "./outcome.ts";
import type { NodeRecord } from "./record.ts";
import type { Reason } from "./staleness.ts";
import type { Store } from "./store.ts";
import { tried } from "./tried.ts";

/** How often a node is run again because an input's content turned out corrupt. */
const REPAIRS = 3;

/** What settling needs of the run that it belongs to. */
export interface Settling extends Omit<Surroundings, "made"> {
  /** Tells what is at hand. */
  readonly appraiser: Appraiser;
  /** Runs heavy nodes. */
  readonly workers: Executor;
  /** Hands out cores, memory and graphics processors. */
  readonly machine: Machine;
  /** How long the path behind a node is, by address. */
  readonly priorities: ReadonlyMap<string, number>;
  /** Which nodes run even when their result is at hand. */
  readonly force: (node: Node) => boolean;
  /** What became of each node so far, by address. A repair replaces an entry. */
  readonly results: Map<string, Result>;
}

/** Takes nodes to their results. */
export interface Settler {
  /**
   * A node's result when it is at hand, else the work there is. Its inputs must be at hand.
   *
   * @throws {PipelineError | StoreError} When that cannot be told.
   */
  readonly look: (node: Node) => Result | Work;
  /** Runs a node, and repairs what is in the way. */
  readonly carryOut: (work: Work) => Effect.Effect<Result, PipelineError | StoreError>;
}

/** Makes a settler for one run. */
export function settler(settling: Settling): Settler {
  const { store, onEvent, appraiser, workers, machine, priorities, force, results } = settling;
  const inline = inlineExecutor(store);
  const repairs = new Map<string, Deferred.Deferred<Result>>();
  const made = (address: string) => results.get(address)!.record!;
  const surroundings: Surroundings = { ...settling, made };

  const look = (node: Node, because: readonly Reason[] = []): Result | Work => {
    const appraisal = appraiser.appraise(node, made);
    const isForced = force(node) && results.get(node.address)?.state !== "ran";
    const forced: readonly Reason[] = isForced ? [{ type: "forced" }] : [];
    // What was found corrupt has been moved aside: that it is missing now says nothing more.
    const reasons = because.length > 0 ? because : [...appraisal.reasons, ...forced];
    if (appraisal.record !== undefined && reasons.length === 0) return hit(node, appraisal.record);
    return { node, appraisal, reasons };
  };

  const carryOut = Effect.fnUntraced(function* (first: Work, because: readonly Reason[] = []) {
    let work = first;
    for (let repair = 0;; repair++) {
      const exit = yield* Effect.exit(runShared(work));
      if (Exit.isSuccess(exit)) return exit.value;
      const error = Cause.squash(exit.cause);
      if (error instanceof NodeError) return failed(work, error);
      if (!(error instanceof CorruptObject)) {
        return yield* Effect.failCause(exit.cause as Cause.Cause<StoreError>);
      }
      if (repair === REPAIRS) return failed(work, unrepairable(work.node, error));
      const { node } = work;
      const repaired = yield* remake(node, error.digest);
      if (repaired !== undefined && !succeeded(repaired)) return skipped(node, repaired.node);
      const next = yield* tried(() => look(node, because));
      if ("state" in next) return next;
      work = next;
    }
  });

  /** Makes again what turned out corrupt: the artifact of an input (its new result is returned), or the code. */
  const remake = (
    reader: Node,
    digest: string,
  ): Effect.Effect<Result | undefined, PipelineError | StoreError> =>
    Effect.gen(function* () {
      const producer = dependencies(reader).find((node) =>
        Object.values(made(node.address).output.parts).some((part) => part.digest === digest)
      );
      if (isIntact(store, digest)) return undefined; // Somebody has made it again meanwhile.
      const underWay = producer && repairs.get(producer.address);
      if (underWay !== undefined) return yield* Deferred.await(underWay);
      onEvent({ type: "quarantined", digest, producer });
      if (producer === undefined) {
        yield* appraiser.bundleAgain(reader.task);
        return undefined;
      }
      const repair = yield* Deferred.make<Result>();
      repairs.set(producer.address, repair);
      const because = [{ type: "output-corrupt", digest }] as const;
      const next = yield* tried(() => look(producer, because));
      const result = "state" in next ? next : yield* carryOut(next, because);
      results.set(producer.address, result);
      repairs.delete(producer.address);
      yield* Deferred.succeed(repair, result);
      return result;
    });

  /** Runs a node under its key's lock: of two processes that want it, the second waits and then hits. */
  const runShared = Effect.fnUntraced(function* (work: Work) {
    const { node, appraisal } = work;
    const executor = yield* tried(() => executorOf(work));
    const wanted = executor === inline ? { cores: 0, memory: 0, gpu: 0 } : node.task.spec.resources ?? {};
    const room = machine.acquire(wanted, priorities.get(node.address)!);
    let grant: Grant | undefined = yield* room;
    const giveBack = () => {
      if (grant !== undefined) machine.release(grant);
      grant = undefined;
    };
    const onWait = () => {
      giveBack();
      onEvent({ type: "waiting", node });
    };
    const run = Effect.suspend(() => attempt(work, executor, grant!, surroundings));
    const shared = Effect.gen(function* () {
      const meanwhile = yield* tried(() => madeSince(work));
      if (meanwhile !== undefined) return hit(node, meanwhile);
      grant ??= yield* room;
      return yield* run;
    });
    // A light node takes less time than a lock; made twice, it is published once.
    const alone = executor === inline ? run : withLock(store.root, appraisal.key, onWait)(shared);
    return yield* Effect.ensuring(alone, Effect.sync(giveBack));
  });

  /** The execution that another process has published since the node was appraised. */
  const madeSince = ({ appraisal: { key, before } }: Work): NodeRecord | undefined => {
    const record = store.readNode(key);
    if (record === undefined || record.key === before?.key && record.started === before.started) {
      return undefined;
    }
    return store.presence(record.output) === "present" ? record : undefined;
  };

  const selfContained = new Map<string, boolean>();
  const executorOf = ({ node, appraisal: { facts: { code } } }: Work): Executor => {
    const { light, timeout } = node.task.spec;
    // Only a process can be stopped, whatever it does.
    if (light !== true || timeout !== undefined) return workers;
    if (!selfContained.has(code.bundle)) {
      const text = new TextDecoder().decode(store.readObject(code.bundle));
      selfContained.set(code.bundle, keepsToItself(text));
    }
    return selfContained.get(code.bundle)! ? inline : workers;
  };

  const hit = (node: Node, record: NodeRecord): Result => {
    onEvent({ type: "hit", node, record });
    return { node, state: "hit", reasons: [], record, seconds: 0 };
  };
  const failed = ({ node, reasons }: Work, error: NodeError): Result => {
    onEvent({ type: "failed", node, error });
    return { node, state: "failed", reasons, error, seconds: 0 };
  };
  const skipped = (node: Node, because: Node): Result => {
    onEvent({ type: "skipped", node, because });
    return { node, state: "skipped", reasons: [], seconds: 0 };
  };

  return { look, carryOut };
}

function unrepairable(node: Node, { message }: CorruptObject): NodeError {
  return new NodeError({
    node: label(node),
    reason: "unusable",
    message: `${message}, again after ${REPAIRS} repairs: the disk may be failing`,
    log: [],
  });
}

/** Checks an object again; a corrupt one is moved aside. A worker can only tell: it may not touch the store. */
function isIntact(store: Store, digest: string): boolean {
  try {
    store.checkObject(digest);
    return true;
  } catch {
    // Aside by now; or it cannot be moved, is found corrupt again, and the repairs are counted.
    return false;
  }
}
