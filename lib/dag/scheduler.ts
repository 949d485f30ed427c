/**
 * The scheduler: runs what is stale of a plan, in the order of the longest remaining path, within the machine's limits.
 *
 * @module
 */
import * as Cause from "effect/Cause";
import * as Deferred from "effect/Deferred";
import * as Effect from "effect/Effect";
import * as Exit from "effect/Exit";
import type { Appraisal, Appraiser } from "./appraise.ts";
import { appraiser } from "./appraise.ts";
import type { Capability, CapabilityError, Prepared } from "./capability.ts";
import { CorruptObject, NodeError, type PipelineError, type StoreError } from "./errors.ts";
import type { Event } from "./event.ts";
import type { Executor, Finished, Job } from "./executor/executor.ts";
import { inlineExecutor, keepsToItself } from "./executor/inline.ts";
import { processExecutor } from "./executor/process.ts";
import { declaredFiles } from "./key.ts";
import { withLock } from "./lock.ts";
import { type Grant, type Machine, machine } from "./machine.ts";
import { dependencies, isMany, label, type Node } from "./node.ts";
import { closure } from "./pipeline.ts";
import { remainingSeconds } from "./priority.ts";
import { type NodeRecord, STORE_VERSION } from "./record.ts";
import { describe, type Reason } from "./staleness.ts";
import type { Store } from "./store.ts";

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
  /** Its result, when it has one. */
  readonly record?: NodeRecord;
  /** Why it failed, when it did. */
  readonly error?: NodeError;
  /** How long it took, in seconds; 0 for a hit. */
  readonly seconds: number;
}

/** How often a node is run again because an input's content turned out corrupt. */
const REPAIRS = 3;
/** How many lines of a node's log are kept. */
const LOG_LINES = 50;

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
  const nodes = yield* attempt(() => closure(roots));
  options.onEvent({ type: "planned", nodes });
  const appraisal = yield* Effect.tryPromise({
    try: () => appraiser(nodes, options.store, options.capabilities),
    catch: (error) => error as PipelineError | StoreError,
  });
  const workers = processExecutor(options.store, options.cores);
  const run = yield* makeRun(nodes, appraisal, options, {
    inline: inlineExecutor(options.store),
    process: workers,
  });
  return yield* run.pipe(Effect.ensuring(Effect.sync(workers.close)));
});

interface Executors {
  readonly inline: Executor;
  readonly process: Executor;
}

const makeRun = Effect.fn("makeRun")(function* (
  nodes: readonly Node[],
  appraisal: Appraiser,
  options: RunOptions,
  executors: Executors,
) {
  const { store, onEvent } = options;
  const results = new Map<string, Result>();
  const settled = new Map<string, Deferred.Deferred<Result>>();
  for (const node of nodes) settled.set(node.address, yield* Deferred.make<Result>());
  /** Done when the run must end early: a node failed, or the store cannot be used. */
  const abort = yield* Deferred.make<void, StoreError | PipelineError>();
  const repairing = new Map<string, Deferred.Deferred<Result>>();
  const resources: Machine = machine(options);
  const priorities = remainingSeconds(nodes, (task) => store.ledger.meanSeconds(task));
  const preparations = yield* prepareOnce(options);

  const made = (address: string) => results.get(address)!.record!;

  /** Takes a node from its inputs to its result: a hit, or an execution. */
  const settle = (
    node: Node,
    because: readonly Reason[],
  ): Effect.Effect<Result, StoreError | PipelineError> =>
    Effect.gen(function* () {
      for (let repair = 0;; repair++) {
        const found = yield* attempt(() => appraisal.appraise(node, made));
        const forced: readonly Reason[] = options.force(node) && results.get(node.address)?.state !== "ran"
          ? [{ type: "forced" }]
          : because;
        if (found.record !== undefined && forced.length === 0) return hit(node, found.record);
        const reasons = [...found.reasons, ...forced];
        const exit = yield* Effect.exit(runShared(node, found, reasons));
        if (Exit.isSuccess(exit)) return exit.value;
        const error = Cause.squash(exit.cause);
        if (Cause.hasInterruptsOnly(exit.cause)) return yield* Effect.interrupt;
        if (error instanceof NodeError) return failed(node, reasons, error);
        if (!(error instanceof CorruptObject)) {
          return yield* Effect.failCause(exit.cause as Cause.Cause<StoreError>);
        }
        if (repair === REPAIRS) {
          const message = `${error.message}, again after ${REPAIRS} repairs: the disk may be failing`;
          return failed(
            node,
            reasons,
            new NodeError({ node: label(node), reason: "unusable", message, log: [] }),
          );
        }
        yield* remake(node, error.digest);
      }
    });

  /** Makes the artifact again whose object turned out corrupt. */
  const remake = (reader: Node, digest: string): Effect.Effect<void, StoreError | PipelineError> =>
    Effect.gen(function* () {
      const producer = dependencies(reader).find((node) =>
        Object.values(made(node.address).output.parts).some((part) => part.digest === digest)
      );
      moveAside(store, digest);
      onEvent({ type: "quarantined", digest, producer });
      if (producer === undefined) return; // It was the code object: appraising again writes it anew.
      const underWay = repairing.get(producer.address);
      if (underWay !== undefined) return yield* Effect.asVoid(Deferred.await(underWay));
      const repaired = yield* Deferred.make<Result>();
      repairing.set(producer.address, repaired);
      const result = yield* settle(producer, [{ type: "output-corrupt", digest }]);
      results.set(producer.address, result);
      repairing.delete(producer.address);
      yield* Deferred.succeed(repaired, result);
    });

  /** Runs a node under its key's lock: of two processes that want it, the second waits and then hits. */
  const runShared = (node: Node, found: Appraisal, reasons: readonly Reason[]) =>
    Effect.gen(function* () {
      const executor = executorOf(node, found);
      const wanted = executor.name === "inline"
        ? { cores: 0, memory: 0, gpu: 0 }
        : node.task.spec.resources ?? {};
      const priority = priorities.get(node.address)!;
      let grant: Grant | undefined = yield* resources.acquire(wanted, priority);
      const giveBack = () => {
        if (grant !== undefined) resources.release(grant);
        grant = undefined;
      };
      const waiting = () => {
        giveBack();
        onEvent({ type: "waiting", node });
      };
      const work = Effect.gen(function* () {
        const waited = grant === undefined;
        if (waited) {
          const record = store.readNode(found.key);
          if (record !== undefined && store.presence(record.output) === "present") return hit(node, record);
          grant = yield* resources.acquire(wanted, priority);
        }
        return yield* retried(node, found, reasons, executor, grant!);
      });
      // A light node takes less time than a lock; made twice, it is published once.
      const alone = executor.name === "inline" ? work : withLock(store.root, found.key, waiting)(work);
      return yield* Effect.ensuring(alone, Effect.sync(giveBack));
    });

  const retried = (
    node: Node,
    found: Appraisal,
    reasons: readonly Reason[],
    executor: Executor,
    grant: Grant,
    attempt = 1,
  ): Effect.Effect<Result, NodeError | CorruptObject | StoreError> =>
    once(node, found, reasons, executor, grant, attempt).pipe(
      Effect.catchTag("NodeError", (error) => {
        const again = error.reason !== "undeclared" && attempt <= (node.task.spec.retry ?? 0);
        if (!again) return Effect.fail(error);
        onEvent({ type: "retrying", node, error, attempt });
        return Effect.sleep(`${250 * 2 ** (attempt - 1)} millis`).pipe(
          Effect.andThen(retried(node, found, reasons, executor, grant, attempt + 1)),
        );
      }),
    );

  /** One attempt: prepare, run, publish. */
  const once = Effect.fn("once")(function* (
    node: Node,
    found: Appraisal,
    reasons: readonly Reason[],
    executor: Executor,
    grant: Grant,
    attempt: number,
  ) {
    const log: string[] = [];
    const onLog = (line: string) => {
      log.push(line);
      if (log.length > LOG_LINES) log.shift();
      onEvent({ type: "log", node, line });
    };
    const prepared = yield* Effect.forEach(node.task.spec.uses ?? [], preparations).pipe(
      Effect.mapError((error) =>
        new NodeError({
          node: label(node),
          reason: "unusable",
          message: error.message,
          remedy: error.remedy,
          log: [],
        })
      ),
    );
    onEvent({ type: "started", node, reasons, executor: executor.name, attempt });
    const started = new Date().toISOString();
    const clock = performance.now();
    const job: Job = {
      ...jobOf(node, found, made),
      prepared: Object.fromEntries(
        (node.task.spec.uses ?? []).map((name, index) => [name, prepared[index]!.value]),
      ),
      access: prepared.map((one) => one.access),
      grant,
      onLog,
      onProgress: (progress) => onEvent({ type: "progress", node, progress }),
    };
    const finished = yield* executor.run(job).pipe(
      Effect.mapError((error) => error instanceof NodeError ? withLog(error, log.slice(-10)) : error),
    );
    const seconds = (performance.now() - clock) / 1000;
    const record = recordOf(node, found, reasons, executor.name, started, seconds, finished, log);
    yield* Effect.try({ try: () => store.writeNode(record), catch: (error) => error as StoreError });
    store.clearScratch(found.key);
    onEvent({ type: "finished", node, record });
    return { node, state: "ran", reasons, record, seconds } satisfies Result as Result;
  });

  const executorOf = (node: Node, { facts }: Appraisal): Executor =>
    node.task.spec.light === true && isSelfContained(facts.code.bundle)
      ? executors.inline
      : executors.process;
  const selfContained = new Map<string, boolean>();
  const isSelfContained = (bundle: string) => {
    if (!selfContained.has(bundle)) {
      selfContained.set(bundle, keepsToItself(new TextDecoder().decode(store.readObject(bundle))));
    }
    return selfContained.get(bundle)!;
  };

  const hit = (node: Node, record: NodeRecord): Result => {
    onEvent({ type: "hit", node, record });
    return { node, state: "hit", reasons: [], record, seconds: 0 };
  };
  const failed = (node: Node, reasons: readonly Reason[], error: NodeError): Result => {
    onEvent({ type: "failed", node, error });
    return { node, state: "failed", reasons, error, seconds: 0 };
  };

  /** Waits for a node's inputs, settles it, and says so to those that wait for it. */
  const visit = Effect.fnUntraced(function* (node: Node) {
    for (const input of dependencies(node)) {
      const { state } = yield* Deferred.await(settled.get(input.address)!);
      if (state !== "ran" && state !== "hit") {
        onEvent({ type: "skipped", node, because: input });
        return { node, state: "skipped", reasons: [], seconds: 0 } satisfies Result as Result;
      }
    }
    return yield* settle(node, []);
  });
  const interrupted = (node: Node): Result => ({ node, state: "interrupted", reasons: [], seconds: 0 });

  const one = (node: Node) =>
    Effect.raceFirst(visit(node), Effect.andThen(Deferred.await(abort), Effect.succeed(interrupted(node))))
      .pipe(
        Effect.tapError((error) => Deferred.fail(abort, error)),
        Effect.tap((result) =>
          Effect.gen(function* () {
            results.set(node.address, result);
            yield* Deferred.succeed(settled.get(node.address)!, result);
            if (result.state === "failed" && !options.keepGoing) yield* Deferred.succeed(abort, undefined);
          })
        ),
      );

  return Effect.forEach(nodes, one, { concurrency: "unbounded", discard: true }).pipe(
    Effect.map(() =>
      new Map(nodes.map((node) => [node.address, results.get(node.address)!])) as ReadonlyMap<
        string,
        Result
      >
    ),
  );
});

/** Prepares each capability once, when the first node needs it. */
const prepareOnce = Effect.fn("prepareOnce")(function* ({ capabilities, onEvent }: RunOptions) {
  const prepared = new Map<string, Effect.Effect<Prepared, CapabilityError>>();
  for (const [name, capability] of Object.entries(capabilities)) {
    const prepare = Effect.suspend(() => {
      const clock = performance.now();
      return capability.prepare((progress) => onEvent({ type: "preparing", capability: name, ...progress }))
        .pipe(
          Effect.tap(() =>
            Effect.sync(() =>
              onEvent({ type: "prepared", capability: name, seconds: (performance.now() - clock) / 1000 })
            )
          ),
        );
    });
    prepared.set(name, yield* Effect.cached(prepare));
  }
  return (name: string) => prepared.get(name)!;
});

function jobOf(node: Node, { key, facts }: Appraisal, made: (address: string) => NodeRecord) {
  const { spec } = node.task;
  const output = (wired: Node) => made(wired.address).output;
  return {
    label: label(node),
    key,
    spec,
    bundle: facts.code.bundle,
    params: node.params,
    inputs: Object.entries(node.inputs).map(([input, wired]) => ({
      input,
      many: isMany(wired),
      artifacts: isMany(wired) ? wired.map(output) : [output(wired)],
    })),
    env: Object.fromEntries((spec.env ?? []).flatMap((name) => {
      const value = Deno.env.get(name);
      return value === undefined ? [] : [[name, value]];
    })),
    files: declaredFiles(node),
  };
}

function recordOf(
  node: Node,
  { key, facts }: Appraisal,
  reasons: readonly Reason[],
  executor: string,
  started: string,
  seconds: number,
  { output, peakMemory }: Finished,
  log: readonly string[],
): NodeRecord {
  return {
    version: STORE_VERSION,
    key,
    address: node.address,
    ...facts,
    output,
    host: host(),
    started,
    seconds,
    peakMemory,
    executor,
    log,
    reasons: reasons.map(describe),
  };
}

/** The same error with the end of the log. */
function withLog({ node, reason, message, remedy }: NodeError, log: readonly string[]): NodeError {
  return new NodeError({ node, reason, message, ...(remedy === undefined ? {} : { remedy }), log });
}

let thisHost: NodeRecord["host"] | undefined;
function host(): NodeRecord["host"] {
  return thisHost ??= {
    name: Deno.hostname(),
    deno: Deno.version.deno,
    os: `${Deno.build.os} ${Deno.osRelease()}`,
    cores: navigator.hardwareConcurrency,
  };
}

/** Checks an object again: a corrupt one is moved aside. A worker can only tell; it may not touch the store. */
function moveAside(store: Store, digest: string): void {
  try {
    store.checkObject(digest);
  } catch (error) {
    if (!(error instanceof CorruptObject)) throw error;
  }
}

function attempt<A>(act: () => A): Effect.Effect<A, PipelineError | StoreError> {
  return Effect.try({ try: act, catch: (error) => error as PipelineError | StoreError });
}
