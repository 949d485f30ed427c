/**
 * The inline executor: runs light tasks inside the scheduler.
 *
 * @module
 */
import * as Effect from "effect/Effect";
import * as Semaphore from "effect/Semaphore";
import { CorruptObject, NodeError, StoreError } from "../errors.ts";
import { toFileUrl } from "../path.ts";
import type { Store } from "../store.ts";
import { runBundle } from "./bundled.ts";
import type { Executor } from "./executor.ts";
import { Failure } from "./failure.ts";

/**
 * What a light task's code may not mention: with any of these it could read what it does not declare, so it runs in a
 * process of its own, where that is refused.
 */
const REACHES_OUT = new RegExp([
  String.raw`\b(?:Deno|process|globalThis|fetch|WebSocket|EventSource|localStorage|eval|Worker)\b`,
  String.raw`\bFunction\s*\(`,
  String.raw`["']node:(?!util|buffer|assert|path|url|crypto)`,
  String.raw`\bimport\s*\((?!\s*["'])`, // of what only the run can tell
].join("|"));

/** Whether a task's code keeps to itself, so that it may run beside the scheduler. */
export function keepsToItself(bundle: string): boolean {
  return !REACHES_OUT.test(bundle);
}

/**
 * Makes the inline executor over a store. It runs one task at a time: they share one thread, so more at once would end
 * no sooner and hold the inputs of all in memory.
 */
export function inlineExecutor(store: Store): Executor {
  const turn = Semaphore.makeUnsafe(1);
  return {
    name: "inline",
    run: (job) =>
      runBundle({
        bundle: toFileUrl(store.objectPath(job.bundle)),
        params: job.params,
        inputs: job.inputs.map(({ artifacts, ...rest }) => ({
          ...rest,
          artifacts: artifacts.map((artifact) => () => store.readParts(artifact)),
        })),
        running: {
          report: job.onProgress,
          log: job.onLog,
          env: job.env,
          prepared: job.prepared,
          get scratch() {
            return store.scratch(job.key);
          },
        },
      }).pipe(
        Effect.flatMap(({ kind, parts }) =>
          Effect.try({ try: () => store.putArtifact(kind, parts), catch: (error) => error as Error })
        ),
        Effect.map((output) => ({ output, peakMemory: null })),
        Effect.mapError((error) =>
          error instanceof CorruptObject || error instanceof StoreError ? error : new NodeError({
            node: job.label,
            reason: error instanceof Failure ? error.reason : "failed",
            message: error.message,
            ...(error instanceof Failure && error.remedy !== undefined ? { remedy: error.remedy } : {}),
            log: [],
          })
        ),
        turn.withPermit,
      ),
  };
}
