/**
 * Attempts: one execution of a node, from a job to a published record, and what is tried after a failure.
 *
 * @module
 */
import * as Effect from "effect/Effect";
import type { CapabilityError, Prepared } from "./capability.ts";
import { type CorruptObject, NodeError, type StoreError } from "./errors.ts";
import type { Event } from "./event.ts";
import type { Executor, Finished, Job } from "./executor/executor.ts";
import { declaredFiles, declaredUses } from "./key.ts";
import type { Grant } from "./machine.ts";
import { isMany, label, type Node } from "./node.ts";
import type { Result, Work } from "./outcome.ts";
import { type NodeRecord, STORE_VERSION } from "./record.ts";
import { describe } from "./staleness.ts";
import type { Store } from "./store.ts";

/** How many lines of a node's log are kept, and how many an error carries. */
const LOG_LINES = 50;
const ERROR_LINES = 10;

/** What attempts need of the run that they belong to. */
export interface Surroundings {
  /** Where artifacts and records go. */
  readonly store: Store;
  /** Hears what happens. */
  readonly onEvent: (event: Event) => void;
  /** Prepares a capability, once a run. */
  readonly prepare: (name: string) => Effect.Effect<Prepared, CapabilityError>;
  /** The record of a node that is wired in, by address. */
  readonly made: (address: string) => NodeRecord;
}

/** Runs a node and publishes what it made; tries again after a failure as often as its task says. */
export const attempt = (
  work: Work,
  executor: Executor,
  grant: Grant,
  surroundings: Surroundings,
  count = 1,
): Effect.Effect<Result, NodeError | CorruptObject | StoreError> =>
  once(work, executor, grant, surroundings, count).pipe(
    Effect.catchTag("NodeError", (error) => {
      const { node } = work;
      const again = error.reason !== "undeclared" && count <= (node.task.spec.retry ?? 0);
      if (!again) return Effect.fail(error);
      surroundings.onEvent({ type: "retrying", node, error, attempt: count });
      return Effect.sleep(`${250 * 2 ** (count - 1)} millis`).pipe(
        Effect.andThen(attempt(work, executor, grant, surroundings, count + 1)),
      );
    }),
  );

/** One attempt: prepare, run, publish. */
const once = Effect.fnUntraced(function* (
  work: Work,
  executor: Executor,
  grant: Grant,
  { store, onEvent, prepare, made }: Surroundings,
  count: number,
) {
  const { node, appraisal, reasons } = work;
  const log: string[] = [];
  const onLog = (line: string) => {
    log.push(line);
    if (log.length > LOG_LINES) log.shift();
    onEvent({ type: "log", node, line });
  };
  const uses = declaredUses(node);
  const prepared = yield* Effect.forEach(uses, prepare).pipe(Effect.mapError(unprepared(node)));
  onEvent({ type: "started", node, reasons, executor: executor.name, attempt: count });
  const started = new Date().toISOString();
  const clock = performance.now();
  const finished = yield* executor.run({
    ...jobOf(work, made),
    prepared: Object.fromEntries(uses.map((name, index) => [name, prepared[index]!.value])),
    access: prepared.map((one) => one.access),
    grant,
    onLog,
    onProgress: (progress) => onEvent({ type: "progress", node, progress }),
  }).pipe(
    Effect.mapError((error) => error instanceof NodeError ? withLog(error, log.slice(-ERROR_LINES)) : error),
  );
  const seconds = (performance.now() - clock) / 1000;
  const record = recordOf(work, executor.name, started, seconds, finished, log);
  yield* Effect.try({ try: () => store.writeNode(record), catch: (error) => error as StoreError });
  store.clearScratch(appraisal.key);
  onEvent({ type: "finished", node, record });
  return { node, state: "ran", reasons, record, seconds } satisfies Result as Result;
});

function unprepared(node: Node): (error: CapabilityError) => NodeError {
  return ({ message, remedy }) =>
    new NodeError({ node: label(node), reason: "unusable", message, remedy, log: [] });
}

/** The same error with the end of the log. */
function withLog({ node, reason, message, remedy }: NodeError, log: readonly string[]): NodeError {
  return new NodeError({ node, reason, message, ...(remedy === undefined ? {} : { remedy }), log });
}

function jobOf(
  { node, appraisal: { key, facts } }: Work,
  made: Surroundings["made"],
): Omit<Job, "prepared" | "access" | "grant" | "onLog" | "onProgress"> {
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
    // An empty variable counts as unset, here as in the key.
    env: Object.fromEntries((spec.env ?? []).flatMap((name) => {
      const value = Deno.env.get(name);
      return value === undefined || value === "" ? [] : [[name, value]];
    })),
    files: declaredFiles(node),
  };
}

function recordOf(
  { node, appraisal: { key, facts }, reasons }: Work,
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

let thisHost: NodeRecord["host"] | undefined;
function host(): NodeRecord["host"] {
  return thisHost ??= {
    name: Deno.hostname(),
    deno: Deno.version.deno,
    os: `${Deno.build.os} ${Deno.osRelease()}`,
    cores: navigator.hardwareConcurrency,
  };
}
