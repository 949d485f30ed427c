/**
 * How long a training step takes and how much memory: compiled, eager, in plain TensorFlow.js and in PyTorch, eager and
 * through `torch.compile`, all in one run; and how ToST's step grows with the number of tokens.
 *
 * `deno run -A test/bench/step_bench.ts [--json] [--sizes quick,laptop] [--models ToST,CRATE,CRATE-MAE,ViT]`. PyTorch is
 * measured when `python3 -c "import torch"` works; ASSAY_PYTHON names another Python.
 *
 * @module
 */
import { parseArgs } from "@std/cli/parse-args";
import { fitLine } from "../../lib/stats/line.ts";
import { type Model, models, type Size, sizes } from "./step_models.ts";
import { type Grown, printGrowth, printSteps, type Row, type Taken, type Way } from "./step_table.ts";

/** How often everything is measured, in turns, so that a busy moment of the machine does not hit one way alone. */
const rounds = 2;

/** Numbers of tokens over which the growth of a step is fitted. */
const tokens = [256, 576, 1024];

const cores = navigator.hardwareConcurrency;
const python = Deno.env.get("ASSAY_PYTHON") ?? "python3";
const { json, ...asked } = parseArgs(Deno.args, {
  boolean: ["json"],
  string: ["sizes", "models"],
});
const torch = await hasTorch();
const rows: Row[] = [];
for (const size of chosen(asked.sizes, Object.keys(sizes) as Size[])) {
  for (const model of chosen(asked.models, models)) {
    for (const threads of new Set([1, cores])) {
      rows.push({ model, size, threads, ways: await measure(model, size, threads) });
    }
  }
}
const growth: Grown[] = [];
for (const mixer of ["tssa", "softmax"] as const) growth.push(await measureGrowth(mixer));

if (json) {
  console.log(JSON.stringify({ benchmark: "step", cores, rows, growth }, null, 2));
} else {
  printSteps(rows, cores);
  printGrowth(growth);
  if (!torch) console.log(`\nPyTorch was not measured: ${python} -c "import torch" does not work here.`);
}

function chosen<A extends string>(list: string | boolean | undefined, all: readonly A[]): readonly A[] {
  if (typeof list !== "string") return all;
  const names = list.split(",");
  const unknown = names.find((name) => !all.includes(name as A));
  if (unknown === undefined) return names as A[];
  console.error(`There is no ${unknown} to measure; there are: ${all.join(", ")}.`);
  Deno.exit(2);
}

/** The best of several medians of each way: what the step takes when nothing disturbs it. */
async function measure(model: Model, size: Size, threads: number): Promise<Row["ways"]> {
  const best: Partial<Record<Way, Taken>> = {};
  for (let round = 0; round < rounds; round++) {
    for (const way of waysOf(model, size)) {
      const taken = await measureOnce(model, size, way, threads);
      if (taken.milliseconds < (best[way]?.milliseconds ?? Infinity)) best[way] = taken;
    }
  }
  return best;
}

/** TensorFlow.js as its users write it is there for two models at one size. */
function waysOf(model: Model, size: Size): readonly Way[] {
  const plain = size === "quick" && (model === "ToST" || model === "CRATE");
  return [
    ...plain ? ["plain"] as const : [],
    "eager",
    "graph",
    ...torch ? ["torch", "compiled"] as const : [],
  ];
}

/**
 * A compiled step computes each operation on one thread, as trainings do so that their digests do not depend on the machine,
 * and several operations at once; the eager ways have nothing but threads within an operation.
 */
function measureOnce(model: Model, size: Size, way: Way, threads: number): Promise<Taken> {
  if (way === "torch" || way === "compiled") {
    const script = new URL("./step_reference.py", import.meta.url).pathname;
    const mode = way === "torch" ? "eager" : "compiled";
    return takenBy(python, [script, model, size, String(threads), mode], {});
  }
  return inDeno([model, size, way], way === "graph" ? 1 : threads, threads);
}

function inDeno(args: readonly string[], within: number, between: number): Promise<Taken> {
  const script = new URL("./step_measure.ts", import.meta.url).pathname;
  return takenBy(Deno.execPath(), ["run", "-A", "--quiet", script, ...args], {
    TF_CPP_MIN_LOG_LEVEL: "3",
    TF_NUM_INTRAOP_THREADS: String(within),
    TF_NUM_INTEROP_THREADS: String(between),
  });
}

async function takenBy(command: string, args: string[], env: Record<string, string>): Promise<Taken> {
  const { code, stdout, stderr } = await new Deno.Command(command, { args, env }).output();
  const text = new TextDecoder();
  if (code !== 0) {
    console.error(text.decode(stderr));
    Deno.exit(code);
  }
  const [milliseconds, mebibytes] = text.decode(stdout).trim().split("\n").at(-1)!.split(" ").map(Number);
  return { milliseconds: milliseconds!, mebibytes: mebibytes! };
}

/** The power of the number of tokens by which a compiled step's time and memory grow, on one thread. */
async function measureGrowth(mixer: "tssa" | "softmax"): Promise<Grown> {
  const taken: Taken[] = [];
  for (const count of tokens) taken.push(await inDeno([mixer, String(count), "graph"], 1, 1));
  const power = (of: (one: Taken) => number) =>
    fitLine(taken.map((one, at) => [Math.log(tokens[at]!), Math.log(of(one))] as const)).slope.value;
  return {
    mixer,
    tokens,
    taken,
    power: { time: power(({ milliseconds }) => milliseconds), memory: power(({ mebibytes }) => mebibytes) },
  };
}

async function hasTorch(): Promise<boolean> {
  try {
    const args = ["-c", "import torch"];
    return (await new Deno.Command(python, { args, stdout: "null", stderr: "null" }).output()).success;
  } catch {
    return false; // no such Python
  }
}
