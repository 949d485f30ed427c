import { assertEquals, assertNotEquals, assertThrows } from "@std/assert";
import * as Effect from "effect/Effect";
import * as Schema from "effect/Schema";
import type { Capability } from "../../lib/dag/capability.ts";
import { PipelineError } from "../../lib/dag/errors.ts";
import { declaredFiles, environment, factsOf, keyOf } from "../../lib/dag/key.ts";
import type { NodeRecord } from "../../lib/dag/record.ts";
import type { Facts } from "../../lib/dag/staleness.ts";
import { task } from "../../lib/dag/task.ts";
import { constant, Count, sum } from "../fixtures/counting.ts";

const facts: Facts = {
  task: "label-noise",
  params: { rate: 0.2, seed: 7 },
  inputs: [
    { input: "data", task: "load", address: "1".repeat(64), key: "2".repeat(64), digest: "d".repeat(64) },
    { input: "data", task: "load", address: "3".repeat(64), key: "4".repeat(64), digest: "e".repeat(64) },
  ],
  env: { "env.MODE": "fast", "tensorflow.version": "2.21.0" },
  code: {
    fingerprint: "c".repeat(64),
    bundle: "b".repeat(64),
    module: "tasks/corrupt/label_noise.ts",
    export: "labelNoise",
    packages: { effect: "4.1.0" },
  },
};

Deno.test("keyOf() is pinned, so that a change of the key's format is never an accident", () => {
  // In Python: sha256(("assay-node-1\n" + json.dumps({"task": …, "code": "cc…", "params": …, "inputs": [["data",
  // "dd…"], ["data", "ee…"]], "env": …}, sort_keys=True, separators=(",", ":"))).encode()).hexdigest()
  assertEquals(keyOf(facts), "7905be393a64faf52f320e813a27a599f20ddbced06bed334e1c33a272462d23");
});

const changes: readonly (readonly [title: string, change: Partial<Facts>])[] = [
  ["the task", { task: "other" }],
  ["the code", { code: { ...facts.code, fingerprint: "f".repeat(64) } }],
  ["a parameter", { params: { rate: 0.2, seed: 8 } }],
  ["a parameter more", { params: { rate: 0.2, seed: 7, more: null } }],
  ["an input's content", { inputs: [facts.inputs[0]!, { ...facts.inputs[1]!, digest: "0".repeat(64) }] }],
  ["an input's name", { inputs: [facts.inputs[0]!, { ...facts.inputs[1]!, input: "other" }] }],
  ["the order of a list", { inputs: facts.inputs.toReversed() }],
  ["an input less", { inputs: [facts.inputs[0]!] }],
  ["the environment", { env: { ...facts.env, "env.MODE": "slow" } }],
  ["a variable less", { env: { "tensorflow.version": "2.21.0" } }],
];

for (const [title, change] of changes) {
  Deno.test(`keyOf() changes with ${title}`, () => {
    assertNotEquals(keyOf({ ...facts, ...change }), keyOf(facts));
  });
}

Deno.test("keyOf() does not see where an input or the code came from, nor the order of fields", () => {
  assertEquals(
    keyOf({
      ...facts,
      params: { seed: 7, rate: 0.2 },
      env: { "tensorflow.version": "2.21.0", "env.MODE": "fast" },
      inputs: facts.inputs.map((wired) => ({
        ...wired,
        task: "x",
        address: "9".repeat(64),
        key: "8".repeat(64),
      })),
      code: { ...facts.code, module: "elsewhere.ts", export: "renamed" },
    }),
    keyOf(facts),
  );
});

Deno.test("factsOf() takes inputs by what their nodes made, lists element by element", () => {
  const [one, two] = [constant({ value: 1 }, {}), constant({ value: 2 }, {})];
  const made = (address: string) => {
    const digest = address === one.address ? "a".repeat(64) : "b".repeat(64);
    return { key: "5".repeat(64), output: { kind: "count", digest, parts: {} } } as unknown as NodeRecord;
  };
  const found = factsOf(sum({ plus: 1 }, { terms: [two, one] }), facts.code, made, { x: "y" });
  assertEquals(found, {
    task: "sum",
    params: { plus: 1 },
    env: { x: "y" },
    code: facts.code,
    inputs: [
      { input: "terms", task: "constant", address: two.address, key: "5".repeat(64), digest: "b".repeat(64) },
      { input: "terms", task: "constant", address: one.address, key: "5".repeat(64), digest: "a".repeat(64) },
    ],
  });
});

const surrounded = task({
  name: "surrounded",
  params: Schema.Struct({ path: Schema.String }),
  inputs: {},
  output: Count,
  uses: ["clock"],
  env: ["ASSAY_TEST_SET", "ASSAY_TEST_UNSET"],
  files: ({ path }) => [path],
  run: () => Effect.succeed(0),
});

const clock: Capability = {
  name: "clock",
  about: "Tells the time.",
  identity: () => ({ version: "3", device: "quartz" }),
  check: Effect.succeed({ ready: true, detail: "" }),
  prepare: () => Effect.succeed({ value: null, access: {} }),
};

Deno.test("environment() holds declared variables, files by content, and what capabilities are", async () => {
  const file = await Deno.makeTempFile();
  await Deno.writeTextFile(file, "abc");
  Deno.env.set("ASSAY_TEST_SET", "on");
  const node = surrounded({ path: file }, {});
  assertEquals(declaredFiles(node), [file]);
  const found = environment(node, { clock });
  assertEquals(found, {
    "clock.version": "3",
    "clock.device": "quartz",
    "env.ASSAY_TEST_SET": "on",
    "env.ASSAY_TEST_UNSET": "",
    // The SHA-256 of "abc" in FIPS 180-2, appendix B.1.
    [`file.${file}`]: "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad",
  });
  await Deno.remove(file);
  Deno.env.delete("ASSAY_TEST_SET");
  assertEquals(environment(node, { clock })[`file.${file}`], "");
});

Deno.test("environment() sees every change inside a declared folder", async () => {
  const folder = await Deno.makeTempDir();
  const digest = () => environment(surrounded({ path: folder }, {}), { clock })[`file.${folder}`];
  const edits: readonly (() => Promise<void>)[] = [
    () => Deno.writeTextFile(`${folder}/a`, "1"),
    () => Deno.writeTextFile(`${folder}/a`, "2"),
    () => Deno.rename(`${folder}/a`, `${folder}/b`),
    () => Deno.mkdir(`${folder}/inner`),
    () => Deno.writeTextFile(`${folder}/inner/c`, ""),
    () => Deno.remove(folder, { recursive: true }),
  ];
  const digests = [digest()];
  for (const edit of edits) {
    await edit();
    digests.push(digest());
  }
  assertEquals(new Set(digests).size, edits.length + 1);
  assertEquals(digests.at(-1), "");
});

Deno.test("environment() holds what a node uses by its parameters", () => {
  const ticking = task({
    name: "ticking",
    params: Schema.Struct({ ticks: Schema.Boolean }),
    inputs: {},
    output: Count,
    uses: ({ ticks }) => ticks ? ["clock"] : [],
    run: () => Effect.succeed(0),
  });
  assertEquals(environment(ticking({ ticks: false }, {}), { clock }), {});
  assertEquals(Object.keys(environment(ticking({ ticks: true }, {}), { clock })), [
    "clock.version",
    "clock.device",
  ]);
});

Deno.test("environment() refuses a capability that nobody provides, and says which there are", () => {
  const error = assertThrows(
    () => environment(surrounded({ path: "x" }, {}), { mnist: clock }),
    PipelineError,
  );
  assertEquals(error.message, "task surrounded uses clock, which is no capability; there are: mnist");
});
