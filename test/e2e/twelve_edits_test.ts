/**
 * The acceptance test of the engine: a pipeline of three steps, edited in every way that other engines get wrong, run
 * by the real command line. `read` reads a file through an imported helper, `weigh` depends on an environment variable,
 * `conclude` imports a package.
 *
 * @module
 */
import { assert, assertEquals } from "@std/assert";
import { verify } from "../../lib/dag/verify.ts";
import { openStore } from "../../lib/dag/store.ts";
import { objectOf, reproduce, type Reproduced, start, valueOf } from "../fixtures/command_line.ts";
import { canMount, mount, remount, unmount } from "../fixtures/mount.ts";
import { copyProject, type Project } from "../fixtures/project.ts";

/** (1 + 1) + (2 + 1) + (3 + 1) = 9; 9 · 10 + 7 = 97. */
const FIRST = 97;

/** A project that has been run once. */
async function once(): Promise<{ readonly project: Project; readonly first: Reproduced }> {
  const project = await copyProject("edited");
  await project.write("numbers.txt", "1 2 3\n");
  const first = await reproduce(project);
  assertEquals([first.code, first.ran], [0, ["read", "weigh", "conclude"]], first.stderr.join("\n"));
  assertEquals(valueOf(project, first, "conclude"), FIRST);
  return { project, first };
}

/** Runs again: exactly `ran` runs, the rest is at hand, and the end is `value`. */
async function again(
  project: Project,
  expected: { readonly ran: readonly string[]; readonly value: number },
  env: Record<string, string> = {},
): Promise<Reproduced> {
  const second = await reproduce(project, [], env);
  assertEquals(second.code, 0, second.stderr.join("\n"));
  assertEquals(second.ran, expected.ran);
  assertEquals(second.hit, ["read", "weigh", "conclude"].filter((task) => !expected.ran.includes(task)));
  assertEquals(valueOf(project, second, "conclude"), expected.value);
  return second;
}

/** The reasons that a run gave for a task. */
function reasonsOf({ run }: Reproduced, task: string): readonly string[] {
  return run!.nodes.find((node) => node.task === task)!.reasons;
}

interface Edit {
  readonly title: string;
  readonly edit: (project: Project, first: Reproduced) => Promise<void>;
  readonly ran: readonly string[];
  readonly value: number;
  readonly because?: readonly [task: string, reason: RegExp];
}

const ALL = ["read", "weigh", "conclude"];

const edits: readonly Edit[] = [
  {
    title: "nothing at all: nothing runs",
    edit: () => Promise.resolve(),
    ran: [],
    value: FIRST,
  },
  {
    title: "the code of the second step: it and the third run",
    edit: (project) => project.edit("tasks.ts", "FACTOR = 10", "FACTOR = 11"),
    ran: ["weigh", "conclude"],
    value: 106,
    because: ["weigh", /^its code changed$/],
  },
  {
    title: "an imported helper of the first step: all run",
    edit: (project) => project.edit("helper.ts", "(a, b) => a + b, 0", "(a, b) => a + b, 1"),
    ran: ALL,
    value: 107,
    because: ["read", /^its code changed$/],
  },
  {
    title: "a function two imports away: all run",
    edit: (project) => project.edit("far.ts", "value + OFFSET", "value + 2 * OFFSET"),
    ran: ALL,
    value: 127,
  },
  {
    title: "an unreachable function in the same file: nothing runs",
    edit: (project) => project.edit("helper.ts", `return "nobody calls this"`, `throw new Error("ever")`),
    ran: [],
    value: FIRST,
  },
  {
    title: "a comment in the second step: nothing runs",
    edit: (project) => project.edit("tasks.ts", "What `weigh` multiplies with", "A comment. // And * more"),
    ran: [],
    value: FIRST,
  },
  {
    title: "the formatting and a type: nothing runs",
    edit: (project) => project.edit("tasks.ts", "const FACTOR = 10;", "const FACTOR: 10 | 20\n\n = (10);"),
    ran: [],
    value: FIRST,
  },
  {
    title: "only the date of the input file: nothing runs",
    edit: (project) => Deno.utime(project.path("numbers.txt"), new Date(), new Date()),
    ran: [],
    value: FIRST,
  },
  {
    title: "the input file, to the same effect: only the first step runs",
    edit: (project) => project.write("numbers.txt", "3 2 1\n"),
    ran: ["read"],
    value: FIRST,
    because: ["read", /numbers\.txt changed/],
  },
  {
    title: "the input file: all run",
    edit: (project) => project.write("numbers.txt", "1 2 4\n"),
    ran: ALL,
    value: 107,
  },
  {
    title: "the input file and back: nothing runs",
    edit: async (project) => {
      await project.write("numbers.txt", "4 5 6\n");
      assertEquals((await reproduce(project)).ran, ALL);
      await project.write("numbers.txt", "1 2 3\n");
    },
    ran: [],
    value: FIRST,
  },
  {
    title: "the first step's output, overwritten by hand: it is made again",
    edit: async (project, first) => {
      const object = objectOf(project, first, "read");
      await Deno.chmod(object, 0o644);
      await Deno.writeTextFile(object, "8");
    },
    ran: ["read"],
    value: FIRST,
    because: ["read", /corrupt/],
  },
  {
    title: "a rotten bit in the first step's output, then the code of the second: no wrong result",
    edit: async (project, first) => {
      const object = objectOf(project, first, "read");
      const { atime, mtime } = await Deno.stat(object);
      await Deno.chmod(object, 0o644);
      await Deno.writeTextFile(object, "8"); // One bit of "9".
      await Deno.chmod(object, 0o444);
      await Deno.utime(object, atime!, mtime!);
      await project.edit("tasks.ts", "FACTOR = 10", "FACTOR = 11");
    },
    ran: ALL,
    value: 106,
    because: ["read", /corrupt/],
  },
  {
    title: "the first step's output, deleted: it is made again",
    edit: (project, first) => Deno.remove(objectOf(project, first, "read")),
    ran: ["read"],
    value: FIRST,
    because: ["read", /missing/],
  },
  {
    title: "a package's version in the lock: the step that imports it runs",
    edit: (project) =>
      project.edit("deno.lock", `"npm:fflate@0.8.3": "0.8.3"`, `"npm:fflate@0.8.3": "0.8.4"`),
    ran: ["conclude"],
    value: FIRST,
    because: ["conclude", /^package fflate changed from 0\.8\.3 to 0\.8\.4$/],
  },
  {
    title: "the seed: the step that takes it and the third run",
    edit: (project) => project.edit("pipeline.ts", "seed: 7", "seed: 8"),
    ran: ["weigh", "conclude"],
    value: 98,
    because: ["weigh", /^parameter seed changed from 7 to 8$/],
  },
  {
    title: "the index, deleted: nothing runs",
    edit: async (project) => {
      for (const suffix of ["", "-wal", "-shm"]) {
        await Deno.remove(project.path(`artifacts/index.sqlite${suffix}`)).catch(() => {});
      }
    },
    ran: [],
    value: FIRST,
  },
  {
    title: "the index, overwritten: nothing runs",
    edit: (project) => project.write("artifacts/index.sqlite", "This is no database. ".repeat(1000)),
    ran: [],
    value: FIRST,
  },
  {
    title: "a node's record, cut short: that node runs",
    edit: async (project, first) => {
      const { key } = first.run!.nodes.find((node) => node.task === "weigh")!;
      const record = project.path(`artifacts/nodes/${key}.json`);
      await Deno.truncate(record, 100);
      await Deno.remove(project.path("artifacts/index.sqlite"));
    },
    ran: ["weigh"],
    value: FIRST,
  },
];

for (const { title, edit, ran, value, because } of edits) {
  Deno.test(`after an edit of ${title}`, async () => {
    const { project, first } = await once();
    await using _ = project;
    await edit(project, first);
    const second = await again(project, { ran, value });
    if (because !== undefined) {
      const [task, reason] = because;
      assert(reasonsOf(second, task).some((one) => reason.test(one)), reasonsOf(second, task).join("; "));
    }
    await again(project, { ran: [], value });
  });
}

Deno.test("after an edit of an environment variable that the second step reads: it and the third run", async () => {
  const { project } = await once();
  await using _ = project;
  const second = await again(project, { ran: ["weigh", "conclude"], value: 187 }, { ASSAY_TEST_WEIGHT: "2" });
  assertEquals(reasonsOf(second, "weigh"), ["env.ASSAY_TEST_WEIGHT changed from unset to 2"]);
  await again(project, { ran: [], value: FIRST });
});

Deno.test("after kill -9 in the second step: the first is at hand, the others run", async () => {
  await using project = await copyProject("edited");
  await project.write("numbers.txt", "1 2 3\n");
  await project.edit("tasks.ts", "  light: true,\n", "");
  await project.edit(
    "tasks.ts",
    "const { env } = yield* Running;",
    "const { env } = yield* Running;\n      yield* Effect.sleep(1000);",
  );
  const killed = start(project);
  await killed.line(/event=started node=weigh/);
  Deno.kill(killed.pid, "SIGKILL");
  assertEquals((await killed.done).code, 137);
  await again(project, { ran: ["weigh", "conclude"], value: FIRST });
});

Deno.test("of two runs at once, each heavy step runs in one of them", async () => {
  await using project = await copyProject("edited");
  await project.write("numbers.txt", "1 2 3\n");
  for (let step = 0; step < 2; step++) await project.edit("tasks.ts", "  light: true,\n", "");
  const both = await Promise.all([reproduce(project), reproduce(project)]);
  assertEquals(both.map(({ code }) => code), [0, 0]);
  assertEquals(both.flatMap(({ ran }) => ran).sort(), ["conclude", "read", "weigh"]);
  assertEquals(both.map((one) => valueOf(project, one, "conclude")), [FIRST, FIRST]);
});

Deno.test({
  name: "a full disk ends the run with one sentence and nothing half-made; with more room, it goes on",
  ignore: !canMount,
  fn: async () => {
    await using project = await copyProject("edited");
    await project.write("numbers.txt", "1 2 3\n");
    // The second step makes 3 MB of digits.
    await project.edit(
      "count.ts",
      "JSON.stringify(value)",
      `JSON.stringify(value) + (value > 9 ? " ".repeat(3e6) : "")`,
    );
    await Deno.mkdir(project.path("artifacts"));
    assert(await mount(project.path("artifacts"), "size=2m"));
    try {
      const full = await reproduce(project);
      assertEquals(full.code, 1, full.stderr.join("\n"));
      const complaint = full.stderr.filter((line) => line.includes("the disk is full"));
      assertEquals(complaint.length, 1, full.stderr.join("\n"));
      const store = openStore(project.path("artifacts"));
      const { corrupt, missing } = verify(store);
      assertEquals([corrupt, missing], [[], []]);
      assertEquals([...Deno.readDirSync(project.path("artifacts/nodes"))].length, 1);
      store.close();
      await remount(project.path("artifacts"), "size=64m");
      await again(project, { ran: ["weigh", "conclude"], value: FIRST });
    } finally {
      await unmount(project.path("artifacts"));
    }
  },
});
