import { assertEquals, assertNotEquals } from "@std/assert";
import { profileOf } from "../../lib/dag/executor/pool.ts";
import type { Job } from "../../lib/dag/executor/executor.ts";
import type { Task } from "../../lib/dag/task.ts";

/** A job that wants nothing but what is given. */
function job(given: Partial<Job> = {}, spec: Partial<Task["spec"]> = {}): Job {
  return {
    label: "task-123456",
    key: "k".repeat(64),
    spec: spec as Task["spec"],
    bundle: "b".repeat(64),
    params: {},
    inputs: [],
    env: {},
    files: [],
    prepared: {},
    access: [],
    grant: { cores: 1, memory: 512, gpus: [] },
    onProgress: () => {},
    onLog: () => {},
    ...given,
  };
}

Deno.test("a task that declares nothing may touch nothing", () => {
  const { flags, env } = profileOf(job());
  assertEquals([flags, env], [[], {}]);
});

Deno.test("a worker may touch what its task declares and its capabilities need, each once", () => {
  const access = [
    { read: ["/data/a"], ffi: ["/lib/tf.so"], env: { TF_LOG: "3" } },
    { read: ["/data/a", "/data/b"], sys: ["cpus"] },
  ];
  const { flags, env } = profileOf(job({ access, env: { MODE: "fast" }, files: ["/data/c"] }, {
    env: ["MODE", "UNSET"],
    permissions: { read: ["/data/d"], sys: ["cpus", "hostname"], net: ["localhost:80"] },
    resources: { memory: 256 },
  }));
  assertEquals(flags, [
    "--v8-flags=--max-old-space-size=256",
    "--allow-read=/data/a,/data/b,/data/c,/data/d",
    "--allow-env=TF_LOG,MODE,UNSET",
    "--allow-ffi=/lib/tf.so",
    "--allow-sys=cpus,hostname",
    "--allow-net=localhost:80",
  ]);
  assertEquals(env, { TF_LOG: "3", MODE: "fast" });
});

Deno.test("a worker sees only the graphics processors of its node", () => {
  const { env, flags } = profileOf(job({ grant: { cores: 1, memory: 512, gpus: [1, 3] } }));
  assertEquals([env, flags], [{ CUDA_VISIBLE_DEVICES: "1,3" }, ["--allow-env=CUDA_VISIBLE_DEVICES"]]);
});

Deno.test("workers are shared between jobs of one profile only", () => {
  const plain = profileOf(job());
  assertEquals(profileOf(job({ label: "other", key: "l".repeat(64), params: { x: 1 } })).id, plain.id);
  for (
    const other of [
      job({ files: ["/x"] }),
      job({ env: { MODE: "fast" } }),
      job({ grant: { cores: 1, memory: 512, gpus: [0] } }),
      job({}, { resources: { memory: 64 } }),
    ]
  ) assertNotEquals(profileOf(other).id, plain.id);
});
