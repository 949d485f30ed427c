import { assert, assertEquals } from "@std/assert";
import { describe, differences, distance, type Facts, type Reason } from "../../lib/dag/staleness.ts";

const digest = (digit: string) => digit.repeat(64);

const before: Facts = {
  task: "train",
  params: { rate: 0.1, net: { width: 8, layers: [1, 2] } },
  inputs: [
    { input: "data", task: "load", address: digest("1"), key: digest("2"), digest: digest("d") },
    { input: "runs", task: "run", address: digest("3"), key: digest("4"), digest: digest("5") },
    { input: "runs", task: "run", address: digest("6"), key: digest("7"), digest: digest("8") },
  ],
  env: { "env.MODE": "fast" },
  code: {
    fingerprint: digest("c"),
    bundle: digest("b"),
    module: "m.ts",
    export: "train",
    packages: { effect: "4.1.0" },
  },
};

const cases: readonly (readonly [title: string, after: Partial<Facts>, reasons: readonly Reason[]])[] = [
  ["nothing", {}, []],
  ["the code", { code: { ...before.code, fingerprint: digest("0"), bundle: digest("0") } }, [
    { type: "code", before: digest("b"), after: digest("0") },
  ]],
  ["what of the code cannot change a result", { code: { ...before.code, bundle: digest("0") } }, []],
  ["a package's version", {
    code: { ...before.code, fingerprint: digest("0"), packages: { effect: "4.2.0" } },
  }, [
    { type: "packages", package: "effect", before: "4.1.0", after: "4.2.0" },
  ]],
  ["a package more and one less", {
    code: { ...before.code, fingerprint: digest("0"), packages: { diff: "9.0.0" } },
  }, [
    { type: "packages", package: "diff", before: "", after: "9.0.0" },
    { type: "packages", package: "effect", before: "4.1.0", after: "" },
  ]],
  ["parameters, deep down", { params: { rate: 0.2, net: { width: 16, layers: [1, 3] } } }, [
    { type: "params", path: "net.layers", before: [1, 2], after: [1, 3] },
    { type: "params", path: "net.width", before: 8, after: 16 },
    { type: "params", path: "rate", before: 0.1, after: 0.2 },
  ]],
  ["a parameter more", { params: { ...before.params as object, seed: 1 } }, [
    { type: "params", path: "seed", before: null, after: 1 },
  ]],
  ["a single input", {
    inputs: [{ ...before.inputs[0]!, digest: digest("0") }, ...before.inputs.slice(1)],
  }, [{ type: "inputs", input: "data", task: "load", before: digest("d"), after: digest("0") }]],
  ["one of a list", {
    inputs: [...before.inputs.slice(0, 2), { ...before.inputs[2]!, digest: digest("0") }],
  }, [{ type: "inputs", input: "runs[1]", task: "run", before: digest("8"), after: digest("0") }]],
  ["a list that shrank", { inputs: before.inputs.slice(0, 2) }, [
    { type: "inputs", input: "runs[1]", task: "run", before: digest("8"), after: "" },
  ]],
  ["an input's place but not its content", {
    inputs: before.inputs.map((wired) => ({ ...wired, address: digest("9"), key: digest("9") })),
  }, []],
  ["a variable", { env: { "env.MODE": "slow" } }, [
    { type: "env", name: "env.MODE", before: "fast", after: "slow" },
  ]],
];

for (const [title, after, reasons] of cases) {
  Deno.test(`differences() shows a change of ${title}`, () => {
    assertEquals(differences(before, { ...before, ...after }), reasons);
    assertEquals(distance(before, { ...before, ...after }), reasons.length);
  });
}

Deno.test("describe() says each reason in words", () => {
  const reasons: readonly Reason[] = [
    { type: "never-ran" },
    { type: "code", before: digest("a"), after: digest("b") },
    { type: "packages", package: "effect", before: "4.0.0", after: "4.1.0" },
    { type: "params", path: "net.width", before: 8, after: [16, { a: 1 }] },
    { type: "inputs", input: "runs[1]", task: "run", before: digest("a"), after: digest("b") },
    { type: "env", name: "env.MODE", before: "", after: "fast" },
    { type: "output-missing", digest: digest("a") },
    { type: "output-corrupt", digest: digest("a") },
    { type: "forced" },
  ];
  assertEquals(reasons.map(describe), [
    "never ran",
    "its code changed",
    "package effect changed from 4.0.0 to 4.1.0",
    'parameter net.width changed from 8 to [16,{"a":1}]',
    "input runs[1] changed (made by run)",
    "env.MODE changed from unset to fast",
    "its output aaaaaaaaaaaa is missing",
    "its output aaaaaaaaaaaa was corrupt",
    "forced",
  ]);
  assert(reasons.every((reason) => !describe(reason).includes("\n")));
});
