/**
 * Measures ways to make a training step, in a process of its own because TensorFlow reads the number of threads once.
 *
 * `deno run -A step_measure.ts <ToST|CRATE> <plain|eager|graph|xla>…` prints the milliseconds of a step, way by way.
 *
 * @module
 */
import { crate } from "../../lib/nn/crate.ts";
import { tost } from "../../lib/nn/tost.ts";
import { compile } from "../../lib/tensor/compile.ts";
import type { ExecutionMode } from "../../lib/tensor/program.ts";
import { classifier, quickSize } from "../tensor/training.ts";
import { plainStep } from "./step_plain.ts";

/** Images in a batch. */
const images = 64;

/** Steps before the clock starts: compilers and allocators settle. */
const warmUp = 5;

/** Milliseconds for which the clock runs. */
const duration = 1000;

const [model, ...ways] = Deno.args as ["ToST" | "CRATE", ...("plain" | ExecutionMode)[]];
for (const way of ways) {
  const step = way === "plain" ? plainStep(model, images) : ownStep(model, way);
  for (let i = 0; i < warmUp; i++) step(i);
  const times: number[] = [];
  for (const began = performance.now(); performance.now() - began < duration;) {
    const before = performance.now();
    step(times.length);
    times.push(performance.now() - before);
  }
  console.log(times.sort((a, b) => a - b)[Math.floor(times.length / 2)]);
}

/** A step of the project's own networks, as trainings make it. */
function ownStep(model: "ToST" | "CRATE", mode: ExecutionMode): (step: number) => void {
  const { step, inputs } = model === "ToST"
    ? classifier(tost, { ...quickSize, stem: "linear", classBlocks: 0, layerScale: 1, form: "code" }, images)
    : classifier(crate, {
      ...quickSize,
      step: 0.1,
      sparsity: 0.1,
      output: "free",
      prox: "ista",
      pool: "mean",
    }, images);
  const folder = Deno.makeTempDirSync();
  const compiled = compile(step, { ...inputs, folder, mode });
  Deno.removeSync(folder, { recursive: true });
  return (step) => void compiled.run(inputs.batch, { learningRate: 1e-3, step });
}
