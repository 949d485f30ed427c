import { assert, assertEquals, assertRejects } from "@std/assert";
import { PipelineError } from "../../lib/dag/errors.ts";
import { type Code, fingerprint } from "../../lib/dag/fingerprint.ts";
import { openStore, type Store } from "../../lib/dag/store.ts";
import type { Task } from "../../lib/dag/task.ts";
import { copyProject, type Project, ROOT } from "../fixtures/project.ts";

type Codes = Readonly<Record<"read" | "weigh" | "conclude", Code>>;

/** Fingerprints the three tasks of the `edited` project as its files stand now. */
async function codesOf(project: Project, store: Store): Promise<Codes> {
  const { read, weigh, conclude } = await project.load("tasks.ts");
  const codes = await fingerprint([read, weigh, conclude], store);
  return { read: codes.get(read)!, weigh: codes.get(weigh)!, conclude: codes.get(conclude)! };
}

function changed(before: Codes, after: Codes): readonly string[] {
  return (["read", "weigh", "conclude"] as const)
    .filter((name) => before[name].fingerprint !== after[name].fingerprint);
}

const edits: readonly (readonly [
  title: string,
  file: string,
  from: string,
  to: string,
  changed: readonly string[],
])[] = [
  ["a comment", "tasks.ts", "/** What `weigh` multiplies with. */", "/** Another one. */ // and more", []],
  ["white space", "tasks.ts", "const FACTOR = 10;", "const   FACTOR\n  =\n  10 ;", []],
  ["a type", "far.ts", "(value: number): number", "(value: 1 | 2 | number): number", []],
  ["a type that is new", "far.ts", "/** Two", "export type Unused = { a: 1 };\n/** Two", []],
  ["an unreachable function", "helper.ts", "nobody calls this", "nobody ever calls this", []],
  ["an unreachable schema", "helper.ts", "note: Schema.String", "note: Schema.Number", []],
  ["an unreachable service", "helper.ts", `"edited/Idle"`, `"edited/Busy"`, []],
  ["an import that is not used", "far.ts", "/** What", `import * as unused from "fflate";\n/** What`, []],
  ["a new export", "far.ts", "/** Two", "export const ANOTHER = Math.random();\n/** Two", []],
  ["brackets", "far.ts", "value + OFFSET", "(value) + (OFFSET)", []],
  ["a function two imports away", "far.ts", "value + OFFSET", "value - OFFSET", ["read"]],
  ["a constant two imports away", "far.ts", "OFFSET = 1", "OFFSET = 2", ["read"]],
  ["a function one import away", "helper.ts", "(a, b) => a + b, 0", "(a, b) => a + b, 1", ["read"]],
  ["a constant of the same file", "tasks.ts", "FACTOR = 10", "FACTOR = 11", ["weigh"]],
  ["a shared kind", "count.ts", "JSON.stringify(value)", "JSON.stringify(value) + ''", [
    "read",
    "weigh",
    "conclude",
  ]],
  ["what a task declares", "tasks.ts", `"ASSAY_TEST_WEIGHT"]`, `"ASSAY_TEST_WEIGHT", "X"]`, ["weigh"]],
  ["a package's version", "deno.lock", `"npm:fflate@0.8.3": "0.8.3"`, `"npm:fflate@0.8.3": "0.8.4"`, [
    "conclude",
  ]],
  [
    "a package's version that all use",
    "deno.lock",
    `"npm:effect@4.1.0": "4.1.0"`,
    `"npm:effect@4.1.0": "4.1.1"`,
    [
      "read",
      "weigh",
      "conclude",
    ],
  ],
];

for (const [title, file, from, to, expected] of edits) {
  const verb = expected.length === 0 ? "does not see" : "sees";
  Deno.test(`fingerprint() ${verb} a change of ${title}`, async () => {
    await using project = await copyProject("edited");
    const store = openStore(project.path("artifacts"));
    const before = await codesOf(project, store);
    await project.edit(file, from, to);
    assertEquals(changed(before, await codesOf(project, store)), expected);
    store.close();
  });
}

Deno.test("fingerprint() does not see the order of declarations that do not depend on each other", async () => {
  await using project = await copyProject("edited");
  const store = openStore(project.path("artifacts"));
  const before = await codesOf(project, store);
  const text = await Deno.readTextFile(project.path("helper.ts"));
  const [imports, ...declarations] = text.trimEnd().split("\n\n");
  await project.write("helper.ts", [imports, ...declarations.reverse()].join("\n\n"));
  assertEquals(changed(before, await codesOf(project, store)), []);
  store.close();
});

Deno.test("fingerprint() is the same in another folder", async () => {
  await using one = await copyProject("edited");
  await using two = await copyProject("edited");
  const stores = [openStore(one.path("artifacts")), openStore(two.path("artifacts"))] as const;
  assertEquals(await codesOf(one, stores[0]), await codesOf(two, stores[1]));
  stores.forEach((store) => store.close());
});

Deno.test("fingerprint() follows a dynamic import of a literal", async () => {
  await using project = await copyProject("edited");
  await project.edit("helper.ts", `import { shift } from "./far.ts";\n`, "");
  await project.edit(
    "tasks.ts",
    "Effect.map(totalOf)",
    `Effect.flatMap(() => Effect.promise(() => import("./far.ts"))), Effect.map((far) => far.shift(1))`,
  );
  await project.edit("helper.ts", "numbers.map(shift)", "numbers");
  const store = openStore(project.path("artifacts"));
  const before = await codesOf(project, store);
  await project.edit("far.ts", "OFFSET = 1", "OFFSET = 2");
  assertEquals(changed(before, await codesOf(project, store)), ["read"]);
  store.close();
});

for (
  const [title, from, to, imports] of [
    ["an import map", `"./far.ts"`, `"@/far.ts"`, { "@/": "./" }],
    ["a name of its own", `"./far.ts"`, `"far"`, { far: "./far.ts" }],
  ] as const
) {
  Deno.test(`fingerprint() sees a change of a local module behind ${title}`, async () => {
    await using project = await copyProject("edited");
    const store = openStore(project.path("artifacts"));
    const plain = await codesOf(project, store);
    await project.edit("deno.json", `"imports": {`, `"imports": { ${JSON.stringify(imports).slice(1, -1)},`);
    await project.edit("helper.ts", from, to);
    const before = await codesOf(project, store);
    assertEquals(changed(plain, before), []);
    await project.edit("far.ts", "OFFSET = 1", "OFFSET = 2");
    assertEquals(changed(before, await codesOf(project, store)), ["read"]);
    store.close();
  });
}

Deno.test("fingerprint() sees a bare statement of a reached module, which may do anything", async () => {
  await using project = await copyProject("edited");
  const store = openStore(project.path("artifacts"));
  const before = await codesOf(project, store);
  await project.edit("far.ts", "/** Two", "Reflect.set(globalThis, 'x', 1);\n/** Two");
  assert(changed(before, await codesOf(project, store)).includes("read"));
  store.close();
});

Deno.test("fingerprint() comes back with a reverted edit", async () => {
  await using project = await copyProject("edited");
  const store = openStore(project.path("artifacts"));
  const before = await codesOf(project, store);
  await project.edit("far.ts", "OFFSET = 1", "OFFSET = 2");
  await codesOf(project, store);
  await project.edit("far.ts", "OFFSET = 2", "OFFSET = 1");
  assertEquals(await codesOf(project, store), before);
  store.close();
});

Deno.test("fingerprint() tells where the code is, what it imports, and keeps it as an object", async () => {
  await using project = await copyProject("edited");
  const store = openStore(project.path("artifacts"));
  const { conclude, weigh } = await codesOf(project, store);
  assertEquals([conclude.module, conclude.export], ["tasks.ts", "conclude"]);
  assertEquals(conclude.packages, { effect: "4.1.0", fflate: "0.8.3" });
  assertEquals(weigh.packages, { effect: "4.1.0" });
  const text = new TextDecoder().decode(store.readObject(weigh.bundle));
  assert(text.includes("ASSAY_TEST_WEIGHT"), text);
  for (const absent of ["nobody calls", "What `weigh`", "ReadTextFile", "OFFSET", "note"]) {
    assert(!text.includes(absent), `${absent} in ${text}`);
  }
  store.close();
});

Deno.test("fingerprint() writes the bundle anew when its object is gone", async () => {
  await using project = await copyProject("edited");
  const store = openStore(project.path("artifacts"));
  const before = await codesOf(project, store);
  await Deno.remove(store.objectPath(before.weigh.bundle));
  assertEquals(await codesOf(project, store), before);
  assertEquals(store.readObject(before.weigh.bundle).length > 0, true);
  store.close();
});

const PURE_TASK = `
import { task } from "${ROOT}/lib/dag/task.ts";
export const tiny = task({ name: "tiny", run: ({ params }) => params.value + 1 } as never);
`;

Deno.test("fingerprint() of a tiny task is pinned, so that a change of its format is never an accident", async () => {
  await using project = await copyProject("edited");
  await project.write("tiny.ts", PURE_TASK);
  const { tiny } = await project.load("tiny.ts");
  const store = openStore(project.path("artifacts"));
  const code = (await fingerprint([tiny], store)).get(tiny)!;
  assertEquals(new TextDecoder().decode(store.readObject(code.bundle)), TINY_BUNDLE);
  // In Python: sha256(TINY_BUNDLE.encode()).hexdigest(), and sha256(("assay-code-1\n" + json.dumps({"bundle": …,
  // "packages": {}}, sort_keys=True, separators=(",", ":"))).encode()).hexdigest()
  assertEquals(code.bundle, "fb3a2d4c3d043a15329a86891e6b78eb9a0e5ef9c595279e3c86b8f3dbaae4f4");
  assertEquals(code.fingerprint, "0088c14e4b7d8f31d1bdcef7e61845430f1ed9d19fe9a4cd8ec5cae8889ab7ab");
  store.close();
});

const TINY_BUNDLE =
  'var task=spec=>({spec});var tiny=task({name:"tiny",run:({params})=>params.value+1});export{tiny as default};\n';

Deno.test("fingerprint() refuses a task that its module does not export", async () => {
  await using project = await copyProject("edited");
  await project.write(
    "hidden.ts",
    PURE_TASK.replace("export const tiny", "const tiny") + "export const all = [tiny];",
  );
  const { all: [hidden] } = await project.load("hidden.ts");
  const store = openStore(project.path("artifacts"));
  const error = await assertRejects(() => fingerprint([hidden as Task], store), PipelineError);
  assert(
    /^task tiny is not exported by file:.*hidden\.ts: declare it as a module-level export/.test(
      error.message,
    ),
  );
  store.close();
});

Deno.test("fingerprint() names the file and line of code that does not parse", async () => {
  await using project = await copyProject("edited");
  const store = openStore(project.path("artifacts"));
  await codesOf(project, store);
  await project.edit("far.ts", "return value", "return return value");
  const error = await assertRejects(() => codesOf(project, store), PipelineError);
  assert(/does not bundle: .*\(far\.ts:6\)/.test(error.message), error.message);
  assert(!error.message.includes("\n"), error.message);
  store.close();
});

Deno.test("fingerprint() names the file that imports what is not there", async () => {
  await using project = await copyProject("edited");
  const store = openStore(project.path("artifacts"));
  await codesOf(project, store);
  await Deno.remove(project.path("far.ts"));
  const error = await assertRejects(() => codesOf(project, store), PipelineError);
  assert(/does not bundle: .*far\.ts.*helper\.ts:3/.test(error.message), error.message);
  store.close();
});

Deno.test("fingerprint() answers from memory while nothing changed", async () => {
  await using project = await copyProject("edited");
  const store = openStore(project.path("artifacts"));
  const before = await codesOf(project, store);
  const unwritable: Store = {
    ...store,
    putObject: () => {
      throw new Error("it was bundled again");
    },
  };
  assertEquals(await codesOf(project, unwritable), before);
  await project.edit("far.ts", "OFFSET = 1", "OFFSET = 2");
  await assertRejects(() => codesOf(project, unwritable), Error, "it was bundled again");
  store.close();
});
