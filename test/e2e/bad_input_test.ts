/**
 * What a user can get wrong in a pipeline, a task or a store: one sentence each, the right exit code, and nothing
 * half-made.
 *
 * @module
 */
import { assert, assertEquals } from "@std/assert";
import { openStore } from "../../lib/dag/store.ts";
import { verify } from "../../lib/dag/verify.ts";
import { reproduce } from "../fixtures/command_line.ts";
import { canMount, mount, unmount } from "../fixtures/mount.ts";
import { copyProject, type Project } from "../fixtures/project.ts";

interface Mistake {
  readonly title: string;
  readonly make: (project: Project) => Promise<void>;
  readonly flags?: readonly string[];
  readonly code: number;
  /** What standard error must say, beside the log's lines; `▸` stands for the project's folder. */
  readonly says: readonly (string | RegExp)[];
  /** Set when the store itself is the mistake. */
  readonly unusable?: boolean;
}

const mistakes: readonly Mistake[] = [
  {
    title: "a cycle",
    make: async (project) => {
      await project.edit(
        "pipeline.ts",
        "return {",
        "Object.assign(weighed.inputs, { of: end });\n    return {",
      );
      await project.edit("pipeline.ts", "also: [conclude({}, { of: weighed })]", "also: [end]");
      await project.edit("pipeline.ts", "Object.", "const end = conclude({}, { of: weighed });\n    Object.");
    },
    code: 1,
    says: [/^The pipeline has a cycle: conclude-\w{6} → weigh-\w{6} → conclude-\w{6}\.$/],
  },
  {
    title: "two claims of one id",
    make: (project) =>
      project.edit("pipeline.ts", "claims: []", `claims: [1, 2].map(() => ({ id: "T1", outOfScale: "" }))`),
    code: 1,
    says: ["Pipeline edited has two claims with the id T1."],
  },
  {
    title: "a parameter of the wrong type",
    make: (project) => project.edit("pipeline.ts", "seed: 7", `seed: "seven" as never`),
    code: 2,
    says: ["Task weigh: seed: Expected number, got 'seven'."],
  },
  {
    title: "a parameter out of range",
    make: () => Promise.resolve(),
    flags: ["--set", "weigh.seed=1.5"],
    code: 2,
    says: ["Task weigh: seed: Expected an integer, got 1.5."],
  },
  {
    title: "a capability that nobody provides",
    make: (project) => project.edit("tasks.ts", "  light: true,\n", `  uses: ["tensorflaw"],\n`),
    code: 1,
    says: [/^Task weigh uses tensorflaw, which is no capability; there are: .*tensorflow.*\.$/],
  },
  {
    title: "a task that its module does not export",
    make: async (project) => {
      await project.edit("tasks.ts", "export const conclude", "const conclude");
      await project.edit("tasks.ts", "/** What", "export const all = { conclude };\n\n/** What");
      await project.edit("pipeline.ts", "{ conclude, read", "{ all, read");
      await project.edit("pipeline.ts", "conclude({}", "all.conclude({}");
    },
    code: 1,
    says: [
      "Task conclude is not exported by file://▸/tasks.ts: declare it as a module-level export, so that its code can " +
      "be hashed.",
    ],
  },
  {
    title: "code that does not parse",
    make: (project) => project.edit("far.ts", "return value", "return return value"),
    code: 1,
    says: [/^The module ▸\/pipeline\.ts does not load: SyntaxError: .*\(file:\/\/▸\/far\.ts:6\)\.$/],
  },
  {
    title: "an import of a module that is not there",
    make: (project) => Deno.remove(project.path("far.ts")),
    code: 1,
    says: [
      /^The module ▸\/pipeline\.ts does not load: Module not found .*far\.ts.*\(file:\/\/▸\/helper\.ts:3\)\.$/,
    ],
  },
  {
    title: "a pipeline that throws while it is built",
    make: (project) => project.edit("pipeline.ts", "const numbers", `null!.toString();\n    const numbers`),
    code: 1,
    says: [
      /^Pipeline edited cannot be built: Cannot read properties of null .*\(file:\/\/▸\/pipeline\.ts:13\)\.$/,
    ],
  },
  {
    title: "a module without a pipeline",
    make: (project) => project.edit("pipeline.ts", "export const edited", "const edited"),
    code: 2,
    says: [
      "The module ▸/pipeline.ts exports no pipeline.",
      /^\s+Export what `pipeline\(\{ … \}\)` returns\.$/,
    ],
  },
  {
    title: "a store that a newer version wrote",
    make: async (project) => {
      await Deno.mkdir(project.path("artifacts"));
      await project.write("artifacts/store.json", JSON.stringify({ version: 99 }));
    },
    code: 1,
    says: [/newer version of Assay.*99/, /^\s+Update Assay/],
    unusable: true,
  },
  {
    title: "a folder that is no store",
    make: async (project) => {
      await Deno.mkdir(project.path("artifacts"));
      await project.write("artifacts/thesis.txt", "Chapter 1");
    },
    code: 1,
    says: [/^▸\/artifacts is not a store: it holds thesis\.txt/, /^\s+Name an empty or a new folder\.$/],
    unusable: true,
  },
  {
    title: "a file where the store should be",
    make: (project) => project.write("artifacts", "A file"),
    code: 1,
    says: [/▸\/artifacts/, /^\s+\w/],
    unusable: true,
  },
];

for (const { title, make, flags = [], code, says, unusable = false } of mistakes) {
  Deno.test(`${title} is one sentence and exit code ${code}`, async () => {
    await using project = await copyProject("edited");
    await project.write("numbers.txt", "1 2 3\n");
    await make(project);
    const done = await reproduce(project, flags);
    const said = done.stderr.filter((line) => !line.startsWith("time="))
      .map((line) => line.replaceAll(project.folder, "▸"));
    assertEquals([done.code, said.length], [code, says.length], said.join("\n"));
    for (const [index, expected] of says.entries()) {
      if (typeof expected === "string") assertEquals(said[index], expected);
      else assert(expected.test(said[index]!), said[index]);
    }
    if (!unusable) assertNothingHalfMade(project);
  });
}

Deno.test({
  name: "a store on a read-only file system is one sentence, what to do, and exit code 1",
  ignore: !canMount,
  fn: async () => {
    await using project = await copyProject("edited");
    await project.write("numbers.txt", "1 2 3\n");
    await Deno.mkdir(project.path("artifacts"));
    assert(await mount(project.path("artifacts"), "size=1m,ro"));
    try {
      const done = await reproduce(project);
      assertEquals([done.code, done.stderr.length], [1, 2], done.stderr.join("\n"));
      assert(
        /^Cannot \w+ .*artifacts.*: the file system is read-only\.$/.test(done.stderr[0]!),
        done.stderr[0],
      );
      assert(/^\s+Mount it writable/.test(done.stderr[1]!), done.stderr[1]);
    } finally {
      await unmount(project.path("artifacts"));
    }
  },
});

interface Trouble {
  readonly title: string;
  /** Code at the beginning of what `read` calls. */
  readonly code: string;
  /** What `read` declares beside. */
  readonly declares?: string;
  readonly reason: string;
  readonly error: RegExp;
  readonly remedy?: RegExp;
}

const troubles: readonly Trouble[] = [
  {
    title: "throws",
    code: `throw new RangeError("too many numbers");`,
    reason: "failed",
    error: /^RangeError: too many numbers$/,
  },
  {
    title: "spins for ever",
    code: "while (Math.sign(1) > 0);",
    declares: "timeout: 1",
    reason: "timeout",
    error: /^it ran for more than 1 s and was stopped$/,
    remedy: /^raise the task's timeout/,
  },
  {
    title: "ends its process",
    code: "Deno.exit(0);",
    reason: "died",
    error: /^its process ended with exit code 0$/,
    remedy: /^see its log/,
  },
  {
    title: "dies of memory",
    code: "const hoard: number[][] = [];\n  while (Math.sign(1) > 0) hoard.push(Array(1e5).fill(0.5));",
    declares: "resources: { memory: 96 }",
    reason: "died",
    error: /^its process ran out of memory$/,
    remedy: /resources: \{ memory \}/,
  },
  {
    title: "reads an undeclared variable",
    code: `Deno.env.get("HOME");`,
    reason: "undeclared",
    error: /^it reads the environment variable HOME, which it does not declare$/,
    remedy: /^add env: \["HOME"\] to the task$/,
  },
  {
    title: "reads an undeclared file",
    code: `Deno.readTextFileSync("/etc/hostname");`,
    reason: "undeclared",
    error: /^it reads the file \/etc\/hostname, which it does not declare$/,
    remedy: /^add files: \["\/etc\/hostname"\] to the task/,
  },
];

for (const { title, code, declares, reason, error, remedy } of troubles) {
  Deno.test(`a task that ${title} fails with one sentence, and the rest is left whole`, async () => {
    await using project = await copyProject("edited");
    await project.write("numbers.txt", "1 2 3\n");
    if (declares !== undefined) {
      await project.edit("tasks.ts", `name: "read",`, `name: "read",\n  ${declares},`);
    }
    await project.edit("helper.ts", "return numbers", `${code}\n  return numbers`);
    const done = await reproduce(project);
    assertEquals(done.code, 1);
    const failures = done.stderr.filter((line) => line.includes("event=failed"));
    assertEquals(failures.length, 1, done.stderr.join("\n"));
    const [, said] = failures[0]!.match(/error=("(?:[^"\\]|\\.)*"|\S+)/)!;
    const text = said!.startsWith(`"`) ? JSON.parse(said!) as string : said!;
    assert(error.test(text), text);
    assert(failures[0]!.includes(`reason=${reason}`), failures[0]);
    if (remedy !== undefined) {
      const told = JSON.parse(failures[0]!.match(/remedy=("(?:[^"\\]|\\.)*")/)![1]!) as string;
      assert(remedy.test(told), told);
    }
    const states = done.run!.nodes.map(({ task, state }) => [task, state]);
    assertEquals(states, [["read", "failed"], ["weigh", "skipped"], ["conclude", "skipped"]]);
    assertEquals(done.run!.outcome, "failed");
    assertNothingHalfMade(project);
  });
}

/** Asserts that a store holds no node, and that all else in it is whole. */
function assertNothingHalfMade(project: Project): void {
  const store = openStore(project.path("artifacts"));
  const { corrupt, missing, damaged } = verify(store);
  assertEquals([corrupt, missing, damaged], [[], [], []]);
  assertEquals(store.ledger.keys(), []);
  store.close();
}
