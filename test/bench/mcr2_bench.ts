/**
 * How long the ascent on rate reduction takes at d = 100, against the same in numpy, in one run.
 *
 * `deno run -A test/bench/mcr2_bench.ts [--json]`. Numpy is measured when `python3 -c "import numpy"` works;
 * ASSAY_PYTHON names another Python.
 *
 * @module
 */
import { parseArgs } from "@std/cli/parse-args";
import { ascend, gaussianStart } from "../../lib/mcr2/ascent.ts";
import { problemOf } from "../../lib/mcr2/problem.ts";

/** How often each way is measured, in turns, so that a busy moment of the machine does not hit one way alone. */
const rounds = 3;

const climb = { stepSize: 1, tolerance: 1e-6, steps: 2000 };
const counts = [[50, 50, 50, 50], [30, 70, 40, 60]];

/** An ascent: milliseconds a step, steps, and F at the end. */
interface Measured {
  readonly milliseconds: number;
  readonly steps: number;
  readonly value: number;
}

const { json } = parseArgs(Deno.args, { boolean: ["json"] });
const python = Deno.env.get("ASSAY_PYTHON") ?? "python3";
const numpy = await hasNumpy();
const rows: { counts: readonly number[]; assay: Measured; numpy?: Measured; ratio?: number }[] = [];
for (const own of counts) {
  const here: Measured[] = [];
  const there: Measured[] = [];
  for (let round = 0; round < rounds; round++) {
    here.push(inDeno(own));
    if (numpy) there.push(await inNumpy(own));
  }
  const [assay, reference] = [fastest(here), there.length === 0 ? undefined : fastest(there)];
  rows.push({
    counts: own,
    assay,
    ...(reference ? { numpy: reference, ratio: assay.milliseconds / reference.milliseconds } : {}),
  });
}
if (json) console.log(JSON.stringify({ benchmark: "mcr2", rows }, null, 2));
else print();

function inDeno(counts: readonly number[]): Measured {
  const problem = problemOf({ dimension: 100, counts, epsilon: 0.5, lambda: 0.1 });
  const start = gaussianStart(problem, { deviation: 1, seed: 0 });
  const began = performance.now();
  const { values } = ascend(problem, start, climb);
  const steps = values.length - 1;
  return { milliseconds: (performance.now() - began) / steps, steps, value: values.at(-1)! };
}

/** The same ascent in numpy, on as many threads as Deno has: one. */
async function inNumpy(counts: readonly number[]): Promise<Measured> {
  const script = new URL("./mcr2_reference.py", import.meta.url).pathname;
  const { code, stdout } = await new Deno.Command(python, {
    args: [script, ...counts.map(String)],
    env: { OPENBLAS_NUM_THREADS: "1", OMP_NUM_THREADS: "1", MKL_NUM_THREADS: "1" },
    stderr: "inherit",
  }).output();
  if (code !== 0) Deno.exit(code);
  return JSON.parse(new TextDecoder().decode(stdout));
}

async function hasNumpy(): Promise<boolean> {
  try {
    const args = ["-c", "import numpy"];
    return (await new Deno.Command(python, { args, stdout: "null", stderr: "null" }).output()).success;
  } catch {
    return false; // no python3
  }
}

function fastest(measured: readonly Measured[]): Measured {
  return measured.reduce((best, one) => one.milliseconds < best.milliseconds ? one : best);
}

function print() {
  console.log("Ascent on rate reduction, d = 100, ms a step (F at the end)");
  for (const { counts, assay, numpy, ratio } of rows) {
    const shown = ({ milliseconds, steps, value }: Measured) =>
      `${milliseconds.toFixed(2)} (${steps} steps, F = ${value.toFixed(6)})`;
    const reference = numpy ? `, numpy ${shown(numpy)}, ratio ${ratio!.toFixed(2)}` : ", numpy not found";
    console.log(`  m = ${counts.join(" + ")}: Assay ${shown(assay)}${reference}`);
  }
}
