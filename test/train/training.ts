// A small training for `loop_test.ts`, which kills it: prints the number of each step, and at the end the digest of the
// parameters and losses. Usage: training.ts <scratch folder>
import * as Effect from "effect/Effect";
import { createHash } from "node:crypto";
import { normal } from "../../lib/data/random.ts";
import { type Progress, Running } from "../../lib/dag/running.ts";
import { constant, normal as normalSpec } from "../../lib/nn/parameters.ts";
import { softmaxCrossEntropy } from "../../lib/tensor/loss.ts";
import { tf } from "../../lib/tensor/native.ts";
import { runTraining, type Trained, type Training } from "../../lib/train/loop.ts";
import { firstState, networkScalars, networkStep } from "../../lib/train/network_step.ts";
import type { Recipe } from "../../lib/train/recipe.ts";
import "../nn/tensorflow.ts";

const recipe: Recipe = {
  ...{ steps: 60, batch: 8, optimiser: "adamw", learningRate: 0.01, finalLearningRate: 0, warmup: 5 },
  ...{ weightDecay: 0.1, beta2: 0.99, clip: 1, execution: "graph", seed: 3 },
};

/** A linear classifier of 8 normal numbers, with as many steps as asked for. */
export function linearTraining(changes: Partial<Training> = {}): Training {
  const specs = { weight: normalSpec([8, 3], 0.1), bias: constant([3], 0) };
  return {
    steps: recipe.steps,
    state: firstState(specs, recipe),
    step: networkStep(
      specs,
      recipe,
      ({ weight, bias }, { x, y }) =>
        softmaxCrossEntropy(tf.add(tf.matMul(x as never, weight as never), bias!), y!),
    ),
    batch: (step) => {
      const x = Float32Array.from(normal({ seed: recipe.seed, stream: "x", step }, 8 * 8));
      const y = Int32Array.from(
        { length: 8 },
        (_, row) => x[8 * row]! > 0.5 ? 2 : x[8 * row + 1]! > 0 ? 1 : 0,
      );
      return { x: { dtype: "float32", shape: [8, 8], data: x }, y: { dtype: "int32", shape: [8], data: y } };
    },
    scalars: (step) => ({ learningRate: 0.01 / (1 + step), step }),
    scalarTypes: networkScalars,
    execution: "graph",
    ...changes,
  };
}

/** The digest of all that a training ends with. */
export function digestOf({ state, losses }: Trained): string {
  const hash = createHash("sha256").update(losses);
  for (const name of Object.keys(state).sort()) hash.update(name).update(state[name]!.data);
  return hash.digest("hex");
}

/** A running node's surroundings. */
export function runningIn(
  scratch: string,
  report: (progress: Progress) => void,
  log: string[] = [],
): Running["Service"] {
  return { scratch, report, log: (line) => void log.push(line), env: {}, prepared: {} };
}

const folders: string[] = [];
globalThis.addEventListener(
  "unload",
  () => folders.forEach((folder) => Deno.removeSync(folder, { recursive: true })),
);

/** A scratch folder that goes when the process does. */
export function scratchFolder(): string {
  const folder = Deno.makeTempDirSync({ prefix: "training-" });
  folders.push(folder);
  return folder;
}

if (import.meta.main) {
  const surroundings = runningIn(Deno.args[0]!, ({ step }) => console.log(step));
  const trained = await Effect.runPromise(
    runTraining(linearTraining(), { snapshotSeconds: 0 }).pipe(Effect.provideService(Running, surroundings)),
  );
  console.log(digestOf(trained));
}
