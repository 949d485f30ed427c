/**
 * What of this machine a run may use.
 *
 * @module
 */

/** Cores, memory and graphics processors. */
export interface Limits {
  /** How many cores. */
  readonly cores: number;
  /** How much memory, in MiB. */
  readonly memory: number;
  /** Which graphics processors, by id. */
  readonly gpus: readonly number[];
}

/** The memory that is left to the rest of the system, in MiB. */
const SPARE = 512;

/** This machine's limits: the cores asked for or all, the memory that is free, the graphics processors in use. */
export function limits(cores: number | undefined): Limits {
  const free = Deno.systemMemoryInfo().available / 2 ** 20;
  return {
    cores: cores ?? navigator.hardwareConcurrency,
    memory: Math.max(SPARE, Math.floor(free - SPARE)),
    gpus: Deno.env.get("ASSAY_DEVICE") === "gpu" ? visibleGpus() : [],
  };
}

/** Those that `CUDA_VISIBLE_DEVICES` names, else all that the driver lists. */
function visibleGpus(): readonly number[] {
  const named = Deno.env.get("CUDA_VISIBLE_DEVICES");
  if (named !== undefined) return named.split(",").filter((id) => /^\d+$/.test(id.trim())).map(Number);
  try {
    const { stdout } = new Deno.Command("nvidia-smi", { args: ["--list-gpus"], stderr: "null" }).outputSync();
    const listed = new TextDecoder().decode(stdout).split("\n").filter((line) => line.startsWith("GPU "));
    return listed.map((_, index) => index);
  } catch {
    return []; // no driver
  }
}
