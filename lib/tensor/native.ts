/**
 * TensorFlow: loads the native library that the `tensorflow` capability prepared.
 *
 * This is the only way to TensorFlow, so that importing a module never loads it:
 * `import { tf } from "../tensor/native.ts"`, and call `tf.matMul(…)` at run time, after {@linkcode useTensorFlow}.
 *
 * @module
 */
import type * as TensorFlow from "@tensorflow/tfjs";
import * as Effect from "effect/Effect";
import * as Schema from "effect/Schema";
import { createRequire } from "node:module";
import { Running } from "../dag/running.ts";

/** A TensorFlow that was built for this machine: what the `tensorflow` capability prepares. */
export interface NativeLibrary {
  /** The folder that holds TensorFlow's two libraries, the addon `tfjs_binding.node`, and `quiet.so`. */
  readonly folder: string;
  /** The folder of the unmodified npm package whose kernels drive the addon. */
  readonly package: string;
  /** TensorFlow's version, such as `2.21.0`. */
  readonly version: string;
  /** What it was built for, and computes on: a `gpu` build refuses to load where no GPU answers. */
  readonly device: "cpu" | "gpu";
}

/** TensorFlow does not load: from where, what the loader said, and what to do. */
export class TensorFlowError extends Schema.TaggedError<TensorFlowError>()("TensorFlowError", {
  message: Schema.String,
}) {}

/** TensorFlow.js on the native backend. A live binding: set by {@linkcode loadTensorFlow}, undefined before. */
export let tf: typeof TensorFlow;

/** A worker runs each task's own bundle, and each has its own copy of this module: they share one TensorFlow. */
const shared = globalThis as { [key: symbol]: Promise<typeof TensorFlow> | undefined };
const sharedKey = Symbol.for("assay.tensorflow");

/**
 * Loads TensorFlow and sets {@linkcode tf}. Once per process: later calls, from whatever bundle, get the same library.
 *
 * The number of threads and other `TF_*` settings are read from the environment of the process, by C++, when the
 * library loads; they cannot be changed afterwards. Rejects with a {@linkcode TensorFlowError}.
 *
 * @example Usage
 * ```ts
 * import * as Effect from "effect/Effect";
 * import { loadTensorFlow, tf } from "./native.ts";
 * import { installTensorFlow } from "./native/install.ts";
 *
 * await loadTensorFlow(await Effect.runPromise(installTensorFlow(() => {})));
 * const total = tf.tidy(() => tf.sum(tf.tensor1d([1, 2, 3])).arraySync()); // 6
 * ```
 */
export async function loadTensorFlow(native: NativeLibrary): Promise<void> {
  tf = await (shared[sharedKey] ??= load(native));
}

/** A task that `uses: ["tensorflow"]` begins with `yield* useTensorFlow`: it loads what the capability prepared. */
export const useTensorFlow: Effect.Effect<void, TensorFlowError, Running> = Effect.gen(function* () {
  const { prepared } = yield* Running;
  const native = prepared.tensorflow as NativeLibrary | undefined;
  if (native === undefined) {
    return yield* new TensorFlowError({
      message: 'This task computes with TensorFlow without declaring it: add "tensorflow" to its `uses`.',
    });
  }
  yield* Effect.tryPromise({ try: () => loadTensorFlow(native), catch: (error) => error as TensorFlowError });
});

async function load(native: NativeLibrary): Promise<typeof TensorFlow> {
  const require = createRequire(`${native.package}/package.json`);
  try {
    restoreIsNullOrUndefined(require("util"));
    const tensorflow: typeof TensorFlow = silently(native, () => {
      const tensorflow = require("@tensorflow/tfjs");
      tensorflow.enableProdMode(); // silences advice to newcomers; operations still check their arguments
      require("./dist/register_all_kernels.js");
      const { NodeJSKernelBackend } = require("./dist/nodejs_kernel_backend.js");
      const flavour = native.device === "gpu" ? "@tensorflow/tfjs-node-gpu" : "@tensorflow/tfjs-node";
      const backend = new NodeJSKernelBackend(require(`${native.folder}/tfjs_binding.node`), flavour);
      tensorflow.registerBackend("tensorflow", () => backend);
      return tensorflow;
    });
    await tensorflow.setBackend("tensorflow");
    refuseMissingGpu(native, tensorflow.backend());
    return tensorflow;
  } catch (error) {
    if (error instanceof TensorFlowError) throw error;
    throw new TensorFlowError({
      message: `TensorFlow ${native.version} in ${native.folder} does not load ` +
        `(${
          error instanceof Error ? error.message : error
        }); remove that folder and run again to set it up anew.`,
    });
  }
}

/** Left alone, TensorFlow would compute on the CPU, and what it computes would be recorded as made on a GPU. */
function refuseMissingGpu({ version, device }: NativeLibrary, backend: object): void {
  if (device === "cpu" || (backend as { isUsingGpuDevice: boolean }).isUsingGpuDevice) return;
  throw new TensorFlowError({
    message:
      `TensorFlow ${version} finds no GPU; it needs NVIDIA's driver, and CUDA 12 and cuDNN 9 on LD_LIBRARY_PATH ` +
      "(or unset ASSAY_DEVICE to compute on the CPU).",
  });
}

/** The package was written for a Node that still had `util.isNullOrUndefined`. */
function restoreIsNullOrUndefined(util: Record<string, unknown>): void {
  util.isNullOrUndefined ??= (value: unknown) => value === null || value === undefined;
}

/**
 * Loading makes TensorFlow.js advise on the console and TensorFlow's C++ report on standard error, past any setting.
 * Neither is news to a user of this project, and a failure comes as an exception.
 */
function silently<A>(native: NativeLibrary, work: () => A): A {
  const { log, info, warn } = console;
  console.log = console.info = console.warn = () => {};
  const quiet = Deno.dlopen(`${native.folder}/quiet.so`, {
    silence_standard_error: { parameters: [], result: "i32" },
    restore_standard_error: { parameters: ["i32"], result: "void" },
  });
  const kept = quiet.symbols.silence_standard_error();
  try {
    return work();
  } finally {
    quiet.symbols.restore_standard_error(kept);
    quiet.close();
    Object.assign(console, { log, info, warn });
  }
}
