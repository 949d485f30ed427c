/**
 * The tables of the step benchmark.
 *
 * @module
 */
import type { Model, Size } from "./step_models.ts";

/** A way to make a step: plain TensorFlow.js, ours uncompiled and compiled, PyTorch, and PyTorch compiled. */
export type Way = "plain" | "eager" | "graph" | "torch" | "compiled";

/** What a step takes. */
export interface Taken {
  /** Milliseconds of a step. */
  readonly milliseconds: number;
  /** The process's peak of memory beyond its library, in MiB. */
  readonly mebibytes: number;
}

/** What the step of a model takes, by the way it is made. */
export interface Row {
  /** The model. */
  readonly model: Model;
  /** Its size. */
  readonly size: Size;
  /** Threads. */
  readonly threads: number;
  /** What each way takes; absent where it was not measured. */
  readonly ways: Partial<Record<Way, Taken>>;
}

/** How a step grows with the number of tokens. */
export interface Grown {
  /** What mixes tokens. */
  readonly mixer: "tssa" | "softmax";
  /** Numbers of tokens. */
  readonly tokens: readonly number[];
  /** What a step takes at each. */
  readonly taken: readonly Taken[];
  /** The powers of the number of tokens that fit. */
  readonly power: { readonly time: number; readonly memory: number };
}

/** Prints what steps take, and how that compares. */
export function printSteps(rows: readonly Row[], cores: number): void {
  console.log(`One training step of 64 images; milliseconds and, beside them, MiB; ${cores} cores\n`);
  const header = ["model", "size", "threads", "tfjs", "eager", "compiled", "PyTorch", "torch.compile"];
  const ratios = ["÷ tfjs", "÷ PyTorch", "÷ torch.compile"];
  printTable([
    [...header, ...ratios],
    ...rows.map(({ model, size, threads, ways }) => [
      ...[model, size, String(threads)],
      ...(["plain", "eager", "graph", "torch", "compiled"] as const).map((way) => cell(ways[way])),
      ...(["plain", "torch", "compiled"] as const).map((way) => ratio(ways.graph, ways[way])),
    ]),
  ]);
  console.log(
    "\nquick: 49 tokens, width 48, 4 blocks (CRATE-MAE 3 + 3). laptop: 64 tokens, width 128, 6 blocks (6 + 6)." +
      "\ntfjs: TensorFlow.js's own operations, autodiff and Adam. eager: the compiled step's code, uncompiled." +
      "\nA ratio below 1: the compiled step is faster. MiB: the peak of the process beyond its library.",
  );
}

/** Prints how steps grow with the number of tokens. */
export function printGrowth(growth: readonly Grown[]): void {
  console.log("\nA compiled step of 8 images by the number of tokens, width 48, 4 blocks, one thread\n");
  printTable([
    ["", ...growth[0]!.tokens.map((count) => `${count} tokens`), "time grows as", "memory"],
    ...growth.map(({ mixer, taken, power }) => [
      mixer === "tssa" ? "ToST" : "softmax twin",
      ...taken.map(cell),
      `n^${power.time.toFixed(2)}`,
      `n^${power.memory.toFixed(2)}`,
    ]),
  ]);
}

function cell(taken: Taken | undefined): string {
  return taken === undefined ? "–" : `${taken.milliseconds.toFixed(1)} (${taken.mebibytes.toFixed(0)})`;
}

function ratio(own: Taken | undefined, other: Taken | undefined): string {
  return own && other ? (own.milliseconds / other.milliseconds).toFixed(2) : "–";
}

function printTable(rows: readonly (readonly string[])[]): void {
  const widths = rows[0]!.map((_, column) => Math.max(...rows.map((row) => row[column]!.length)));
  for (const row of rows) console.log(row.map((text, column) => text.padStart(widths[column]!)).join("  "));
}
