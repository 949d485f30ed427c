/**
 * Times a captioner's training step with privacy against the same step without, and against PyTorch with Opacus where those
 * are installed: `python3 -c "import opacus"`, or the interpreter that ASSAY_PYTHON names.
 *
 * `deno run -A dp_bench.ts [--json]`
 *
 * @module
 */
import { parseArgs } from "@std/cli/parse-args";

/** Runs of each way: the best of several medians is what a step takes when nothing disturbs it. */
const ROUNDS = 3;

const { json } = parseArgs(Deno.args, { boolean: ["json"] });
const python = Deno.env.get("ASSAY_PYTHON") ?? "python3";
const best = (runs: readonly number[][]) =>
  runs[0]!.map((_, way) => Math.min(...runs.map((run) => run[way]!)));

const own: number[][] = [];
const peers: number[][] = [];
const withOpacus = await hasOpacus();
for (let round = 0; round < ROUNDS; round++) {
  own.push(await inDeno(["plain", "private"]));
  if (withOpacus) peers.push(await inPython());
}
const [plain, privately] = best(own) as [number, number];
const [torch, opacus, ghost] = withOpacus ? best(peers) as [number, number, number] : [];
if (json === true) {
  const rows = { plain, private: privately, ratio: privately / plain };
  const peer = withOpacus ? { torch, opacus, opacusGhost: ghost, ratioToOpacus: privately / opacus! } : {};
  console.log(JSON.stringify({ benchmark: "dp", milliseconds: { ...rows, ...peer } }, null, 2));
} else print();

function inDeno(ways: string[]): Promise<number[]> {
  const script = new URL("./dp_measure.ts", import.meta.url).pathname;
  return numbersFrom(Deno.execPath(), ["run", "-A", "--quiet", script, ...ways], {
    TF_CPP_MIN_LOG_LEVEL: "3",
    TF_NUM_INTRAOP_THREADS: "1",
    TF_NUM_INTEROP_THREADS: "1",
  });
}

function inPython(): Promise<number[]> {
  return numbersFrom(python, [new URL("./dp_reference.py", import.meta.url).pathname, "1"], {});
}

async function numbersFrom(command: string, args: string[], env: Record<string, string>): Promise<number[]> {
  const { code, stdout } = await new Deno.Command(command, { args, env, stderr: "inherit" }).output();
  if (code !== 0) Deno.exit(code);
  return new TextDecoder().decode(stdout).trim().split("\n").map(Number);
}

async function hasOpacus(): Promise<boolean> {
  try {
    const args = ["-c", "import opacus"];
    return (await new Deno.Command(python, { args, stdout: "null", stderr: "null" }).output()).success;
  } catch {
    return false; // no such program
  }
}

function print(): void {
  const line = (name: string, time: number, beside = "") =>
    console.log(`${name.padEnd(34)} ${time.toFixed(1).padStart(8)} ms  ${beside}`);
  console.log("One training step of a captioner, 128 images of 17 tokens and captions of 16, one thread\n");
  line("without privacy", plain);
  line("with privacy", privately, `${(privately / plain).toFixed(2)} times the step without`);
  if (!withOpacus) {
    console.log(`\nOpacus was not measured: ${python} -c "import opacus" does not work here.`);
    return;
  }
  line("PyTorch without privacy", torch!);
  line(
    "Opacus",
    opacus!,
    `${(opacus! / torch!).toFixed(2)} times; Assay takes ${(privately / opacus!).toFixed(2)} of it`,
  );
  line(
    "Opacus, ghost clipping",
    ghost!,
    `${(ghost! / torch!).toFixed(2)} times; Assay takes ${(privately / ghost!).toFixed(2)} of it`,
  );
}
