import { assert, assertEquals, assertLess, assertMatch, assertStrictEquals } from "@std/assert";
import * as Effect from "effect/Effect";
import { Running } from "../../lib/dag/running.ts";
import { capabilities } from "../../lib/capabilities.ts";
import { findTensorFlow, installTensorFlow, nativeIdentity } from "../../lib/tensor/native/install.ts";
import { loadTensorFlow, type NativeLibrary, tf, useTensorFlow } from "../../lib/tensor/native.ts";

const root = new URL("../../", import.meta.url).pathname;

const native = await Effect.runPromise(installTensorFlow(() => {}));

Deno.test("findTensorFlow() finds within 50 ms what was set up", () => {
  const began = performance.now();
  assertEquals(findTensorFlow(), native);
  assertLess(performance.now() - began, 50);
});

Deno.test("nativeIdentity() tells version, device and addon without loading", () => {
  const { tensorflow, device, addon } = nativeIdentity();
  assertEquals([tensorflow, device], [native.version, native.device]);
  assertMatch(addon, /^[0-9a-f]{12}$/);
  assert(native.folder.includes(addon));
});

Deno.test("loadTensorFlow() sets tf, which computes on the native backend", async () => {
  await loadTensorFlow(native);
  assertEquals(tf.getBackend(), "tensorflow");
  // [[1, 2], [3, 4]]² by hand.
  const square = tf.tidy(() => {
    const matrix = tf.tensor2d([[1, 2], [3, 4]]);
    return tf.matMul(matrix, matrix).arraySync();
  });
  assertEquals(square, [[7, 10], [15, 22]]);
  // topk is one of the kernels that call what Node no longer has.
  assertEquals(tf.tidy(() => [...tf.topk(tf.tensor1d([3, 1, 2]), 2).values.dataSync()]), [3, 2]);
});

Deno.test("loadTensorFlow() gives every bundle of a process the same library", async () => {
  const copy: typeof import("../../lib/tensor/native.ts") = await import(
    `${new URL("../../lib/tensor/native.ts", import.meta.url)}?copy`
  );
  assertStrictEquals(copy.tf, undefined);
  await Promise.all([loadTensorFlow(native), copy.loadTensorFlow(native)]);
  assertStrictEquals(copy.tf, tf);
});

/** Runs a script as a worker would: with what the capability grants and nothing else, no GPU either. */
async function inWorker(
  script: string,
  library: NativeLibrary,
): Promise<{ out: string; err: string; code: number }> {
  const { access } = await Effect.runPromise(capabilities.tensorflow!.prepare(() => {}));
  const file = await Deno.makeTempFile({ suffix: ".ts" });
  await Deno.writeTextFile(file, script.replaceAll("NATIVE", JSON.stringify(`${root}lib/tensor/native.ts`)));
  try {
    const { stdout, stderr, code } = await new Deno.Command(Deno.execPath(), {
      args: [
        ...["run", "--no-prompt", "--cached-only", "--no-check", `--config=${root}deno.json`],
        `--allow-read=${[...access.read!, library.folder]}`,
        `--allow-ffi=${[...access.ffi!, library.folder]}`,
        ...[file, JSON.stringify(library)],
      ],
      env: { ...access.env, CUDA_VISIBLE_DEVICES: "-1" },
    }).output();
    const [out, err] = [stdout, stderr].map((bytes) => new TextDecoder().decode(bytes));
    return { out: out!, err: err!, code };
  } finally {
    await Deno.remove(file);
  }
}

Deno.test("the capability grants all that TensorFlow needs, and TensorFlow says nothing on its own", async () => {
  const script = `
    import { loadTensorFlow, tf } from NATIVE;
    await loadTensorFlow(JSON.parse(Deno.args[0]));
    console.log(tf.sum(tf.ones([300, 300])).arraySync());
    console.error("standard error is back");`;
  assertEquals(await inWorker(script, native), { out: "90000\n", err: "standard error is back\n", code: 0 });
});

Deno.test("loadTensorFlow() says that the library does not load, and what to do", async () => {
  const script = `
    import { loadTensorFlow } from NATIVE;
    await loadTensorFlow(JSON.parse(Deno.args[0])).catch((error) => console.log(error._tag, error.message));`;
  const broken = await Deno.makeTempDir();
  try {
    await Deno.copyFile(`${native.folder}/quiet.so`, `${broken}/quiet.so`);
    await Deno.writeTextFile(`${broken}/tfjs_binding.node`, "no library");
    const { out } = await inWorker(script, { ...native, folder: broken });
    assert(out.startsWith(`TensorFlowError TensorFlow 2.21.0 in ${broken} does not load (`), out);
    assert(out.endsWith("; remove that folder and run again to set it up anew.\n"), out);
  } finally {
    await Deno.remove(broken, { recursive: true });
  }
});

Deno.test("loadTensorFlow() of a GPU build refuses to compute on the CPU", async () => {
  const script = `
    import { loadTensorFlow } from NATIVE;
    await loadTensorFlow(JSON.parse(Deno.args[0])).catch((error) => console.log(error.message));`;
  const cpuBuild: NativeLibrary = { ...native, device: "gpu" }; // no GPU answers it
  assertMatch(
    (await inWorker(script, cpuBuild)).out,
    /^TensorFlow 2\.21\.0 finds no GPU; it needs NVIDIA's driver/,
  );
});

const running = (prepared: Readonly<Record<string, unknown>>) => ({
  report: () => {},
  log: () => {},
  scratch: "",
  env: {},
  prepared,
});

Deno.test("useTensorFlow loads what the capability prepared", async () => {
  await Effect.runPromise(Effect.provideService(useTensorFlow, Running, running({ tensorflow: native })));
  assertEquals(tf.scalar(2).arraySync(), 2);
});

Deno.test("useTensorFlow tells a task to declare what it uses", async () => {
  const error = await Effect.runPromise(
    Effect.flip(Effect.provideService(useTensorFlow, Running, running({}))),
  );
  assertEquals(
    error.message,
    'This task computes with TensorFlow without declaring it: add "tensorflow" to its `uses`.',
  );
});
