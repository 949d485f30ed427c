import { assertEquals, assertMatch, assertStringIncludes } from "@std/assert";
import * as Cause from "effect/Cause";
import * as Effect from "effect/Effect";
import * as Exit from "effect/Exit";
import { runCommand } from "../../lib/cli/assay.ts";
import { exitCodeOf } from "../../lib/cli/errors.ts";
import { papers } from "../../lib/cli/papers.ts";
import { assay } from "../fixtures/assay.ts";

const TINY = "test/fixtures/tiny/tiny.ts";

/** Command lines, and the one sentence that each gets. */
const MISUSE: readonly (readonly [args: readonly string[], sentence: string])[] = [
  [["reproduce", "tots"], 'There is no paper "tots"; did you mean tost?'],
  [["reproduce"], `Say which paper: ${Object.keys(papers).join(", ")}, or all.`],
  [["reprduce", "tost"], 'There is no command "reprduce"; did you mean reproduce?'],
  [["reproduce", TINY, "--preset", "qiuck"], '--preset cannot be "qiuck"; did you mean quick?'],
  [
    ["reproduce", TINY, "--preset", "enormous"],
    '--preset cannot be "enormous"; it is one of smoke, quick, laptop, paper.',
  ],
  [["reproduce", TINY, "--prest", "quick"], "There is no flag --prest; did you mean --preset?"],
  [["reproduce", TINY, "--jobs", "0"], '--jobs cannot be "0": expected a value between 1 and 1024.'],
  [["reproduce", TINY, "--set", "draw.count=many"], "task draw: count: Expected number, got 'many'"],
  [
    ["reproduce", TINY, "--set", "draw.count=-1"],
    "task draw: count: Expected a value greater than 0, got -1",
  ],
  [["reproduce", TINY, "--set", "draw.cuont=3"], "task draw: cuont: there is no such parameter"],
  [["reproduce", TINY, "--set", "drow.count=3"], '--set: There is no task "drow"; did you mean draw?'],
  [
    ["reproduce", TINY, "--set", "drow"],
    "--set drow is not of the form task.param=value, such as train-tost.steps=500.",
  ],
  [["reproduce", TINY, "--only", "avrage"], 'There is no node "avrage"; did you mean average?'],
  [["reproduce", "nowhere.ts"], "There is no file nowhere.ts."],
  [["reproduce", "lib/cli/set.ts"], "The module lib/cli/set.ts exports no pipeline."],
  [["inspect", "show", "nothing"], 'There is no node "nothing", and no other either.'],
  [["inspect", "diff", "1", "latest"], "Nothing has run yet."],
];

/** Runs a command in this process. Its first line on standard error or, where it left that to the caller, its error. */
async function told(args: readonly string[]): Promise<{ readonly code: number; readonly sentence: string }> {
  const lines: string[] = [];
  const { error } = console;
  console.error = (line: string) => lines.push(line);
  try {
    const exit = await Effect.runPromiseExit(runCommand(args));
    if (Exit.isSuccess(exit)) return { code: 0, sentence: "" };
    const failure = Cause.squash(exit.cause);
    return { code: exitCodeOf(failure), sentence: lines[0] ?? (failure as Error).message };
  } finally {
    console.error = error;
  }
}

for (const [args, sentence] of MISUSE) {
  Deno.test(`wrong use gets one sentence: ${args.join(" ")}`, async () => {
    const store = await Deno.makeTempDir({ prefix: "assay-store-" });
    assertEquals(await told([...args, ...(args.length > 1 ? ["--store", store] : [])]), {
      code: 2,
      sentence,
    });
    await Deno.remove(store, { recursive: true });
  });
}

Deno.test("wrong use ends the process with 2, and writes to standard error alone", async () => {
  const [paper, parameter] = await Promise.all([
    assay("reproduce", TINY, "--preset", "qiuck"),
    assay("reproduce", TINY, "--set", "draw.count=many"),
  ]);
  assertEquals(paper, {
    code: 2,
    out: "",
    err: '--preset cannot be "qiuck"; did you mean quick?\n  deno task reproduce --help tells more.\n',
  });
  assertEquals(parameter, { code: 2, out: "", err: "Task draw: count: Expected number, got 'many'.\n" });
});

Deno.test("a store of a newer version is refused with 1 and left as it is", async () => {
  const store = await Deno.makeTempDir({ prefix: "assay-store-" });
  await Deno.writeTextFile(`${store}/store.json`, JSON.stringify({ version: 99 }));
  const { code, out, err } = await assay("reproduce", TINY, "--store", store);
  assertEquals([code, out], [1, ""]);
  assertMatch(err.split("\n")[0]!, /newer version of Assay: its format is 99/);
  assertEquals([...Deno.readDirSync(store)].map(({ name }) => name), ["store.json"]);
  await Deno.remove(store, { recursive: true });
});

Deno.test("a file in the store's place is refused with 1", async () => {
  const file = await Deno.makeTempFile({ prefix: "assay-store-" });
  const { code, out, err } = await assay("inspect", "list", "--store", file);
  assertEquals([code, out], [1, ""]);
  assertStringIncludes(err.split("\n")[0]!, file);
  await Deno.remove(file);
});

Deno.test("a preset without its device is refused with 1 and a list, before anything runs", async () => {
  const store = await Deno.makeTempDir({ prefix: "assay-store-" });
  const { code, err } = await assay("reproduce", TINY, "--preset", "paper", "--store", store);
  assertEquals(code, 1);
  assertEquals(err.split("\n").slice(0, 2), [
    `The paper preset of ${TINY} cannot run here. It lacks:`,
    "  1 GPU: task weigh needs it and 0 are in use here. Run where there is one, with ASSAY_DEVICE=gpu.",
  ]);
  const listed = await assay("inspect", "list", "--store", store);
  assertStringIncludes(listed.out, "Nothing has run yet.");
  await Deno.remove(store, { recursive: true });
});
