/**
 * Measures one way to make a training step, in a process of its own because TensorFlow reads the number of threads once
 * and because a process's peak of memory never falls.
 *
 * `deno run -A step_measure.ts <model> <size> <plain|eager|graph|xla>`, or `<tssa|softmax> <tokens> graph`, prints the
 * milliseconds of a step, and the MiB of memory that the process took at most beyond what it took with TensorFlow loaded.
 *
 * @module
 */
import { compile } from "../../lib/tensor/compile.ts";
import type { ExecutionMode } from "../../lib/tensor/program.ts";
import type { Sample } from "../tensor/training.ts";
import { type Model, ownSample, type Size, tokensSample } from "./step_models.ts";
import { plainStep } from "./step_plain.ts";

/** Steps before the clock starts: compilers and allocators settle. */
const warmUp = 5;

/** Milliseconds for which the clock runs at least, and steps that it counts at least. */
const [duration, least] = [1000, 5];

const [model, size, way] = Deno.args as [string, string, "plain" | ExecutionMode];
const before = memory("VmRSS");
const step = way === "plain" ? plainStep(model as "ToST" | "CRATE", 64) : ownStep(sampleOf(model, size), way);
for (let i = 0; i < warmUp; i++) step(i);
const times: number[] = [];
for (const began = performance.now(); performance.now() - began < duration || times.length < least;) {
  const started = performance.now();
  step(times.length);
  times.push(performance.now() - started);
}
console.log(times.sort((a, b) => a - b)[Math.floor(times.length / 2)], memory("VmHWM") - before);

function sampleOf(model: string, size: string): Sample {
  return model === "tssa" || model === "softmax"
    ? tokensSample(model, Number(size))
    : ownSample(model as Model, size as Size);
}

function ownStep({ step, inputs }: Sample, mode: ExecutionMode): (step: number) => void {
  const folder = Deno.makeTempDirSync();
  const compiled = compile(step, { ...inputs, folder, mode });
  Deno.removeSync(folder, { recursive: true });
  return (step) => void compiled.run(inputs.batch, { learningRate: 1e-3, step });
}

/** What this process takes of the machine's memory, in MiB: now (`VmRSS`) or at most so far (`VmHWM`). */
function memory(field: "VmRSS" | "VmHWM"): number {
  const line = Deno.readTextFileSync("/proc/self/status").split("\n").find((line) => line.startsWith(field));
  return Number(line!.replaceAll(/\D/g, "")) / 1024;
}
