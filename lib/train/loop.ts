/**
 * The training loop: runs compiled steps, tells how far it has come, and survives being killed.
 *
 * @module
 */
import * as Effect from "effect/Effect";
import { Running } from "../dag/running.ts";
import { compile, type CompiledStep, type Step } from "../tensor/compile.ts";
import type { ExecutionMode } from "../tensor/program.ts";
import type { Scalars, ScalarTypes } from "../tensor/signature.ts";
import { type Arrays, mapValues } from "../tensor/tensors.ts";
import { readSnapshot, type Snapshot, writeSnapshot } from "./snapshot.ts";
import { TrainingError } from "./training_error.ts";

/** A training: all that decides its result. */
export interface Training {
  /** Steps in all. */
  readonly steps: number;
  /** The state before the first step. */
  readonly state: Arrays;
  /** One step. */
  readonly step: Step;
  /** The batch of each step. A function of the step alone, so that a training can go on from anywhere. */
  readonly batch: (step: number) => Arrays;
  /** The scalars of each step, such as the learning rate. */
  readonly scalars: (step: number) => Scalars;
  /** The scalars' dtypes. */
  readonly scalarTypes: ScalarTypes;
  /** How a step is executed. */
  readonly execution: ExecutionMode;
}

/** What a training ends with. */
export interface Trained {
  /** The state after the last step. */
  readonly state: Arrays;
  /** The loss of each step. */
  readonly losses: Float32Array;
}

/** How often a training looks up from its work. None of it changes the result. */
export interface Pace {
  /** Seconds between snapshots; 0 takes one after every step. Default 15. */
  readonly snapshotSeconds?: number;
}

/**
 * Runs a training to its end, from the last snapshot in the scratch folder if there is one: a killed training that goes
 * on ends with the same bits as one that was never disturbed. An interrupted one leaves a snapshot.
 *
 * Fails with a {@linkcode TrainingError} when the loss stops being a number.
 */
export const runTraining = Effect.fnUntraced(function* (
  training: Training,
  { snapshotSeconds = 15 }: Pace = {},
): Effect.fn.Return<Trained, TrainingError, Running> {
  const { scratch, log } = yield* Running;
  const start = yield* startingPoint(training, scratch, log);
  if (start.losses.length === training.steps) return start;
  return yield* Effect.acquireUseRelease(
    Effect.sync(() => prepare(training, start, scratch)),
    (compiled) => takeSteps(training, compiled, start, snapshotSeconds),
    (compiled) => Effect.sync(() => compiled.dispose()),
  );
});

/** Takes all steps that are left. */
const takeSteps = Effect.fnUntraced(function* (
  { steps, batch, scalars }: Training,
  compiled: CompiledStep,
  start: Snapshot,
  snapshotSeconds: number,
): Effect.fn.Return<Trained, TrainingError, Running> {
  const { scratch, report } = yield* Running;
  const losses = new Float32Array(steps);
  losses.set(start.losses);
  let done = start.losses.length;
  let last = performance.now();
  const snapshot = () => writeSnapshot(scratch, { state: compiled.read(), losses: losses.subarray(0, done) });

  const loop = Effect.gen(function* () {
    while (done < steps) {
      const inputs = yield* Effect.try({
        try: () => batch(done),
        catch: (error) => new TrainingError({ message: error instanceof Error ? error.message : `${error}` }),
      });
      const { loss } = compiled.run(inputs, scalars(done));
      if (!Number.isFinite(loss)) {
        return yield* new TrainingError({
          message: `the loss became ${loss} at step ${done + 1} of ${steps}: lower the learning rate, ` +
            "lengthen the warm-up, or clip the gradients.",
        });
      }
      losses[done] = loss;
      done += 1;
      report({ step: done, total: steps, values: { loss } });
      if (done < steps && performance.now() - last >= 1000 * snapshotSeconds) {
        snapshot();
        last = performance.now();
      }
      yield* Effect.yieldNow; // lets messages in, and an interruption through
    }
    return { state: compiled.read(), losses };
  });
  return yield* Effect.onInterrupt(loop, () => Effect.sync(snapshot));
});

/** The snapshot to go on from: the one in the scratch folder, or the beginning. */
const startingPoint = Effect.fnUntraced(function* (
  { steps, state }: Training,
  scratch: string,
  log: (line: string) => void,
): Effect.fn.Return<Snapshot> {
  const beginning = { state, losses: new Float32Array(0) };
  const found = yield* Effect.try({ try: () => readSnapshot(scratch), catch: (error) => error }).pipe(
    Effect.catch((error) => {
      log(
        `starting over, since the snapshot cannot be used: ${error instanceof Error ? error.message : error}`,
      );
      return Effect.succeed(undefined);
    }),
  );
  if (found === undefined || found.losses.length > steps) return beginning;
  log(`going on from step ${found.losses.length} of ${steps}`);
  // In the order of the beginning, or else the graph would be another, and might round otherwise.
  return { ...found, state: mapValues(state, (_, name) => found.state[name]!) };
});

function prepare(training: Training, start: Snapshot, folder: string): CompiledStep {
  return compile(training.step, {
    state: start.state,
    batch: training.batch(start.losses.length),
    scalars: training.scalarTypes,
    folder,
    mode: training.execution,
  });
}
