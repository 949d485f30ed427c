/**
 * How long a training step takes: compiled, eager, in plain TensorFlow.js and in PyTorch, all in one run.
 *
 * `deno run -A test/bench/step_bench.ts [--json]`. PyTorch is measured when `python3 -c "import torch"` works.
 *
 * @module
 */
import { parseArgs } from "@std/cli/parse-args";

/** How often each way is measured, in turns, so that a busy moment of the machine does not hit one way alone. */
const rounds = 3;

const models = ["ToST", "CRATE"] as const;
const cores = navigator.hardwareConcurrency;

/** Milliseconds of a step by the way it is made. */
type Times = Record<"plain" | "eager" | "graph", number> & { torch?: number };

const { json } = parseArgs(Deno.args, { boolean: ["json"] });
const torch = await hasTorch();
const rows: { model: string; threads: number; milliseconds: Times }[] = [];
for (const model of models) {
  for (const threads of new Set([1, cores])) {
    rows.push({ model, threads, milliseconds: await measure(model, threads) });
  }
}
if (json) console.log(JSON.stringify({ benchmark: "step", cores, rows: rows.map(withRatios) }, null, 2));
else print();

/** The best of several medians: what the step takes when nothing disturbs it. */
async function measure(model: string, threads: number): Promise<Times> {
  const ways = ["plain", "eager", "graph", ...torch ? ["torch"] : []] as (keyof Times)[];
  const best: Partial<Times> = {};
  for (let round = 0; round < rounds; round++) {
    for (const way of ways) {
      const time = way === "torch" ? await inPython(model, threads) : await inDeno(model, way, threads);
      best[way] = Math.min(best[way] ?? Infinity, time);
    }
  }
  return best as Times;
}

/**
 * A compiled step computes each operation on one thread, as trainings do so that their digests do not depend on the machine's
 * load, and several operations at once; the eager ways have nothing but threads within an operation.
 */
function inDeno(model: string, way: string, threads: number): Promise<number> {
  const script = new URL("./step_measure.ts", import.meta.url).pathname;
  const within = way === "graph" ? 1 : threads;
  return numberFrom(Deno.execPath(), ["run", "-A", "--quiet", script, model, way], {
    TF_CPP_MIN_LOG_LEVEL: "3",
    TF_NUM_INTRAOP_THREADS: String(within),
    TF_NUM_INTEROP_THREADS: String(threads),
  });
}

function inPython(model: string, threads: number): Promise<number> {
  const script = new URL("./step_reference.py", import.meta.url).pathname;
  return numberFrom("python3", [script, model, String(threads)], {});
}

async function numberFrom(command: string, args: string[], env: Record<string, string>): Promise<number> {
  const { code, stdout } = await new Deno.Command(command, { args, env, stderr: "inherit" }).output();
  if (code !== 0) Deno.exit(code);
  return Number(new TextDecoder().decode(stdout));
}

async function hasTorch(): Promise<boolean> {
  try {
    const args = ["-c", "import torch"];
    return (await new Deno.Command("python3", { args, stdout: "null", stderr: "null" }).output()).success;
  } catch {
    return false; // no python3
  }
}

function withRatios(row: typeof rows[number]) {
  const { plain, eager, graph, torch } = row.milliseconds;
  return {
    ...row,
    fasterThanPlain: plain / graph,
    fasterThanEager: eager / graph,
    ...torch === undefined ? {} : { ratioToTorch: graph / torch },
  };
}

function print(): void {
  console.log(
    `One training step, 64 images of 49 tokens, width 48, 4 blocks; milliseconds, ${cores} cores\n`,
  );
  const header = [
    "model",
    "threads",
    "tfjs",
    "eager",
    "compiled",
    "PyTorch",
    "tfjs ÷",
    "eager ÷",
    "÷ PyTorch",
  ];
  const table = rows.map(withRatios).map(
    ({ model, threads, milliseconds: { plain, eager, graph, torch }, ...ratios }) => [
      model,
      String(threads),
      ...[plain, eager, graph].map((time) => time.toFixed(1)),
      torch?.toFixed(1) ?? "–",
      ratios.fasterThanPlain.toFixed(2),
      ratios.fasterThanEager.toFixed(2),
      ratios.ratioToTorch?.toFixed(2) ?? "–",
    ],
  );
  for (const row of [header, ...table]) console.log(row.map((cell) => cell.padStart(9)).join(" "));
  console.log(
    "\ntfjs: TensorFlow.js's own operations, autodiff and Adam. eager: the compiled step's code, uncompiled." +
      "\ntfjs ÷ and eager ÷: how many times faster the compiled step is. ÷ PyTorch: below 1 it is faster than PyTorch." +
      (torch ? "" : '\nPyTorch was not measured: python3 -c "import torch" does not work here.'),
  );
}
