/**
 * The process executor: runs a node's task in a child process that may read its inputs and its code, and nothing else.
 *
 * @module
 */
import * as Effect from "effect/Effect";
import * as Result from "effect/Result";
import { CorruptObject, NodeError, type StoreError } from "../errors.ts";
import { join } from "../path.ts";
import type { Order, PartFile } from "../protocol.ts";
import type { Store } from "../store.ts";
import type { Executor, Finished, Job } from "./executor.ts";
import { profileOf, type Worker, workerPool } from "./pool.ts";

/** An executor that owns processes. */
export interface ProcessExecutor extends Executor {
  /** Ends the idle workers. */
  readonly close: () => void;
}

/**
 * Makes the process executor.
 *
 * @param store Gives inputs, takes artifacts.
 * @param atMost How many workers may live at once.
 */
export function processExecutor(store: Store, atMost: number): ProcessExecutor {
  const pool = workerPool(store, atMost);
  const run = (job: Job): Effect.Effect<Finished, NodeError | CorruptObject | StoreError> =>
    Effect.callback((resume) => {
      let over = false;
      const settle = (outcome: Effect.Effect<Finished, NodeError | CorruptObject | StoreError>) => {
        if (over) return;
        over = true;
        clearTimeout(timer);
        resume(outcome);
      };
      const fail = (reason: NodeError["reason"], message: string, remedy?: string) =>
        settle(Effect.fail(
          new NodeError({
            node: job.label,
            reason,
            message,
            ...(remedy === undefined ? {} : { remedy }),
            log: [],
          }),
        ));
      const seconds = job.spec.timeout;
      let worker: Worker | undefined;
      const timer = seconds === undefined ? undefined : setTimeout(() => {
        worker?.kill();
        fail(
          "timeout",
          `it ran for more than ${seconds} s and was stopped`,
          "raise the task's timeout, or shrink its work",
        );
      }, seconds * 1000);
      try {
        worker = pool.take(profileOf(job));
        const order = stage(store, worker.folder, job);
        worker.start(order, {
          progress: job.onProgress,
          log: job.onLog,
          failed: ({ reason, message, remedy }) => {
            pool.giveBack(worker!);
            fail(reason, message, remedy);
          },
          corrupt: ({ digest, message }) => {
            pool.giveBack(worker!);
            settle(Effect.fail(new CorruptObject({ digest, message })));
          },
          done: ({ kind }) => {
            const peakMemory = worker!.peakMemory();
            // Taken before the worker is free: its next job empties the folder.
            const taken = Result.try({
              try: () => ({ output: store.adoptArtifact(kind, order.out), peakMemory }),
              catch: (error) => error as StoreError,
            });
            pool.giveBack(worker!);
            settle(Effect.fromResult(taken));
          },
          died: (how) => {
            pool.forget(worker!);
            fail(
              "died",
              `its process ${how}`,
              "see its log, or give the task more memory with resources: { memory }",
            );
          },
        });
      } catch (error) {
        if (worker !== undefined) pool.forget(worker);
        settle(Effect.fail(error as StoreError));
      }
      return Effect.sync(() => {
        over = true;
        clearTimeout(timer);
        if (worker !== undefined) pool.forget(worker);
      });
    });
  return { name: "process", run, close: pool.close };
}

/** Lays a job's inputs and code into the worker's folder, the only one that it may read. */
function stage(store: Store, folder: string, job: Job): Order {
  for (const name of ["in", "out"]) emptyFolder(join(folder, name));
  const lay = (digest: string, suffix = ""): PartFile => {
    const path = join(folder, "in", `${digest}${suffix}`);
    try {
      Deno.linkSync(store.objectPath(digest), path);
    } catch (error) {
      if (error instanceof Deno.errors.NotFound) {
        throw new CorruptObject({ digest, message: `object ${digest} is missing` });
      }
      // The same object may be wired in twice; and not every file system has links.
      if (!(error instanceof Deno.errors.AlreadyExists)) Deno.copyFileSync(store.objectPath(digest), path);
    }
    return { path, digest };
  };
  return {
    bundle: lay(job.bundle, ".js"),
    params: job.params,
    inputs: job.inputs.map(({ artifacts, ...rest }) => ({
      ...rest,
      artifacts: artifacts.map(({ parts }) =>
        Object.fromEntries(Object.entries(parts).map(([name, { digest }]) => [name, lay(digest)]))
      ),
    })),
    env: job.env,
    prepared: job.prepared,
    scratch: store.scratch(job.key),
    out: join(folder, "out"),
  };
}

function emptyFolder(path: string): void {
  try {
    Deno.removeSync(path, { recursive: true });
  } catch (error) {
    // The store took the folder of the last artifact as it was.
    if (!(error instanceof Deno.errors.NotFound)) throw error;
  }
  Deno.mkdirSync(path);
}
