/**
 * Reproducing: runs what is stale of a pipeline, judges its claims, and records the run.
 *
 * @module
 */
import * as Effect from "effect/Effect";
import type { Assembled } from "./assemble.ts";
import type { Claim } from "./claim/claim.ts";
import { judge, type Judged } from "./claim/verdict.ts";
import type { Json } from "./dag/canonical.ts";
import { type NodeError, type PipelineError, StoreError } from "./dag/errors.ts";
import type { Event } from "./dag/event.ts";
import { isMany, label, type Node } from "./dag/node.ts";
import { type NodeRecord, type RunNode, type RunRecord, STORE_VERSION } from "./dag/record.ts";
import { execute, type RunOptions, type State } from "./dag/scheduler.ts";
import { describe } from "./dag/staleness.ts";
import type { Store } from "./dag/store.ts";
import { Metrics } from "./kinds/metrics.ts";

/** What became of a node. */
export interface Outcome {
  /** How it ended. */
  readonly state: State;
  /** Why it ran, in words. */
  readonly reasons: readonly string[];
  /** Its result, when it has one. */
  readonly record?: NodeRecord;
  /** Why it has none, when it failed. */
  readonly error?: NodeError;
}

/** How to reproduce. */
export interface ReproduceOptions extends RunOptions {
  /** Leaves only these nodes, what they need, and the claims that these can speak to, of the pipeline's. */
  readonly only?: ((node: Node) => boolean) | undefined;
}

/**
 * Runs what is stale of a pipeline, judges its claims by what was measured, and records the run in the store. Nodes
 * that fail leave their claims unmeasured. An interrupted run is recorded, too.
 */
export function reproduce(
  assembled: Assembled,
  options: ReproduceOptions,
): Effect.Effect<RunRecord, StoreError | PipelineError> {
  return Effect.suspend(() => {
    const { only, onEvent, store } = options;
    const roots = only === undefined ? assembled.roots : assembled.nodes.filter(only);
    const started = new Date();
    const clock = performance.now();
    const outcomes = new Map<string, Outcome>();
    let wanted: readonly Node[] = [];
    const listen = (event: Event) => {
      if (event.type === "planned") wanted = event.nodes;
      note(outcomes, event);
      onEvent(event);
    };
    const conclude = Effect.fnUntraced(function* (outcome: RunRecord["outcome"]) {
      const { claims: declared } = assembled.declared;
      const asked = only === undefined ? declared : declared.filter((claim) => isWithin(claim, wanted));
      const claims = yield* judgeClaims(asked, outcomes, store);
      const run: RunRecord = {
        version: STORE_VERSION,
        id: runId(started),
        pipeline: assembled.pipeline.name,
        preset: assembled.preset,
        seeds: assembled.seeds,
        ...(Object.keys(assembled.overrides).length === 0 ? {} : { overrides: assembled.overrides }),
        started: started.toISOString(),
        seconds: (performance.now() - clock) / 1000,
        outcome,
        nodes: wanted.map((node) => runNode(node, outcomes.get(node.address))),
        claims: claims as unknown as readonly Json[],
      };
      yield* Effect.try({ try: () => store.writeRun(run), catch: (error) => error as StoreError });
      return run;
    });
    return execute(roots, { ...options, onEvent: listen }).pipe(
      Effect.flatMap((results) => {
        const states = [...results.values()].map((result) => result.state);
        const done = states.every((state) => state === "ran" || state === "hit");
        return conclude(done ? "done" : "failed");
      }),
      Effect.onInterrupt(() => Effect.ignore(conclude("interrupted"))),
    );
  });
}

/**
 * Judges claims by the metrics of the nodes that they read.
 *
 * @param claims The claims.
 * @param outcomes What became of the nodes, by address.
 * @param store Where the metrics lie.
 */
export function judgeClaims(
  claims: readonly Claim[],
  outcomes: ReadonlyMap<string, Outcome>,
  store: Store,
): Effect.Effect<readonly Judged[], StoreError> {
  const measured = (claim: Claim) => {
    if (claim.outOfScale !== undefined) return { because: claim.outOfScale };
    if (claim.measure === undefined) return { because: "nothing here measures it" };
    const records = claim.measure.nodes.map((node) => outcomes.get(node.address)?.record);
    const absent = claim.measure.nodes.find((_, index) => records[index] === undefined);
    if (absent !== undefined) {
      return { because: `${label(absent)} ${ending(outcomes.get(absent.address)?.state)}` };
    }
    try {
      const metrics = records.map((record) => Metrics.decode(store.readParts(record!.output)));
      const interval = claim.measure.read(metrics);
      return Number.isFinite(interval.value) ? interval : { because: "what was measured is not a number" };
    } catch (error) {
      if (error instanceof StoreError) throw error;
      return { because: (error as Error).message };
    }
  };
  return Effect.try({
    try: () => claims.map((claim) => judge(claim, measured(claim))),
    catch: (error) => error as StoreError,
  });
}

function note(outcomes: Map<string, Outcome>, event: Event): void {
  switch (event.type) {
    case "hit":
      // A node that was made again for a reader of a corrupt object stays one that ran.
      if (!outcomes.has(event.node.address)) {
        outcomes.set(event.node.address, { state: "hit", reasons: [], record: event.record });
      }
      return;
    case "finished":
      outcomes.set(event.node.address, {
        state: "ran",
        reasons: event.record.reasons,
        record: event.record,
      });
      return;
    case "started":
      outcomes.set(event.node.address, {
        state: "interrupted", // until it ends otherwise
        reasons: event.reasons.map(describe),
      });
      return;
    case "failed": {
      const reasons = outcomes.get(event.node.address)?.reasons ?? [];
      outcomes.set(event.node.address, { state: "failed", reasons, error: event.error });
      return;
    }
    case "skipped":
      outcomes.set(event.node.address, { state: "skipped", reasons: [] });
      return;
  }
}

function runNode(node: Node, outcome: Outcome | undefined): RunNode {
  return {
    label: label(node),
    address: node.address,
    task: node.task.spec.name,
    params: node.params,
    inputs: Object.entries(node.inputs).flatMap(([input, wired]) =>
      (isMany(wired) ? wired : [wired]).map(({ address }) => ({ input, address }))
    ),
    state: outcome?.state ?? "interrupted",
    key: outcome?.record?.key ?? null,
    digest: outcome?.record?.output.digest ?? null,
    seconds: outcome?.state === "ran" ? outcome.record!.seconds : 0,
    reasons: outcome?.reasons ?? [],
    error: outcome?.error?.message ?? null,
  };
}

/** Whether a part of a pipeline has all the nodes that a claim reads. */
function isWithin({ measure }: Claim, part: readonly Node[]): boolean {
  const addresses = new Set(part.map(({ address }) => address));
  return measure !== undefined && measure.nodes.every(({ address }) => addresses.has(address));
}

function ending(state: State | undefined): string {
  return state === "skipped" ? "was skipped" : state === "failed" ? "failed" : "did not end";
}

/** Sortable by time; the random digits tell apart two runs that began in one second. */
function runId(started: Date): string {
  const time = started.toISOString().replaceAll(/[-:]|\.\d+Z$/g, "");
  return `${time}-${String(Math.floor(Math.random() * 10_000)).padStart(4, "0")}`;
}
