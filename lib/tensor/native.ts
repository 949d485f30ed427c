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

/** Where a TensorFlow that was built for this machine lies: what the `tensorflow` capability prepares. */
export const NativeLibrary = Schema.Struct({
  /** The folder that holds `libtensorflow_cc.so.2`, `libtensorflow_framework.so.2` and the addon. */
  folder: Schema.String,
  /** The compiled Node-API addon, `tfjs_binding.node`, in that folder. */
  addon: Schema.String,
  /** The unmodified npm package whose kernels drive the addon. */
  package: Schema.String,
  /** TensorFlow's version, such as `2.21.0`. */
  version: Schema.String,
  /** What the library was built for. A `gpu` build computes on the CPU where no GPU answers. */
  device: Schema.Literals(["cpu", "gpu"]),
});

/** Where a TensorFlow that was built for this machine lies. */
export type NativeLibrary = typeof NativeLibrary.Type;

/** TensorFlow is there but does not load: which file, and what the loader said. */
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
 */
export async function loadTensorFlow(native: NativeLibrary): Promise<void> {
  tf = await (shared[sharedKey] ??= load(native));
}

/** A task that `uses: ["tensorflow"]` begins with `yield* useTensorFlow`: it loads what the capability prepared. */
export const useTensorFlow: Effect.Effect<void, TensorFlowError, Running> = Effect.gen(function* () {
  const { prepared } = yield* Running;
  if (prepared.tensorflow === undefined) {
    return yield* new TensorFlowError({
      message: 'This task computes with TensorFlow without saying so: add "tensorflow" to its `uses`.',
    });
  }
  const native = yield* Schema.decodeUnknownEffect(NativeLibrary)(prepared.tensorflow).pipe(
    Effect.mapError((error) =>
      new TensorFlowError({ message: `What was prepared for TensorFlow is damaged: ${error.message}` })
    ),
  );
  yield* Effect.tryPromise({
    try: () => loadTensorFlow(native),
    catch: (error) => error instanceof TensorFlowError ? error : refused(native, error),
  });
});

function load(native: NativeLibrary): Promise<typeof TensorFlow> {
  return quietly(async () => {
    const require = createRequire(`${native.package}/package.json`);
    restoreIsNullOrUndefined(require("util"));
    try {
      const tensorflow: typeof TensorFlow = require("@tensorflow/tfjs");
      tensorflow.enableProdMode(); // silences hints for newcomers; checks of shapes stay on
      require("./dist/register_all_kernels.js");
      const { NodeJSKernelBackend } = require("./dist/nodejs_kernel_backend.js");
      const flavour = native.device === "gpu" ? "@tensorflow/tfjs-node-gpu" : "@tensorflow/tfjs-node";
      const backend = new NodeJSKernelBackend(require(native.addon), flavour);
      tensorflow.registerBackend("tensorflow", () => backend, 3);
      await tensorflow.setBackend("tensorflow");
      await tensorflow.ready();
      return tensorflow;
    } catch (error) {
      throw refused(native, error);
    }
  });
}

/** The package was written for a Node that still had `util.isNullOrUndefined`. */
function restoreIsNullOrUndefined(util: Record<string, unknown>): void {
  util.isNullOrUndefined ??= (value: unknown) => value === null || value === undefined;
}

/** TensorFlow.js greets and advises on the console while it loads; none of it helps a user of Assay. */
async function quietly<A>(work: () => Promise<A>): Promise<A> {
  const { log, info, warn } = console;
  console.log = console.info = console.warn = () => {};
  try {
    return await work();
  } finally {
    Object.assign(console, { log, info, warn });
  }
}

function refused(native: NativeLibrary, error: unknown): TensorFlowError {
  const reason = error instanceof Error ? error.message : String(error);
  return new TensorFlowError({
    message: `TensorFlow ${native.version} in ${native.folder} does not load (${reason}). ` +
      "Remove that folder and run again to rebuild it.",
  });
}
