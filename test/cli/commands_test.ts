import { assert, assertEquals, assertMatch, assertStringIncludes } from "@std/assert";
import { assay, endOf, startAssay } from "../fixtures/assay.ts";
import { until, workersOf } from "../fixtures/processes.ts";
import { copyProject, type Project } from "../fixtures/project.ts";

/** A copy of the tiny paper, and a store of its own. */
interface Desk extends AsyncDisposable {
  readonly project: Project;
  readonly paper: string;
  readonly folder: string;
  /** Runs a command on the store. */
  readonly assay: typeof assay;
}

async function desk(): Promise<Desk> {
  const project = await copyProject("tiny");
  const folder = project.path("artifacts");
  return {
    project,
    paper: project.path("tiny.ts"),
    folder,
    assay: (...args) => assay(...args, "--store", folder),
    [Symbol.asyncDispose]: () => project[Symbol.asyncDispose](),
  };
}

Deno.test("--help tells of the commands, and of one with examples", async () => {
  const all = await assay("--help");
  assertEquals(all.code, 0);
  for (const command of ["reproduce", "inspect", "store", "doctor"]) assertStringIncludes(all.out, command);
  const one = await assay("reproduce", "--help");
  assertStringIncludes(one.out, "deno task reproduce [flags] <paper...>");
  assertStringIncludes(one.out, "deno task reproduce tost --preset smoke -j 2");
});

Deno.test("--completions prints a script for the shell", async () => {
  const { code, out } = await assay("--completions", "bash");
  assertEquals(code, 0);
  assertStringIncludes(out, "reproduce");
});

Deno.test("reproduce runs once, then reuses all and leaves the report", async () => {
  await using here = await desk();
  const first = await here.assay("reproduce", here.paper);
  assertEquals(first.code, 0, first.err);
  assertStringIncludes(first.out, "3 reproduced, 1 contradicted, 1 inconclusive, 1 out of scale");
  assertMatch(first.out, /11 nodes ran, 0 reused/);
  const report = `${here.folder}/reports/tiny-quick.html`;
  assertStringIncludes(first.out, `report ${report}`);
  const written = await Deno.stat(report);
  const second = await here.assay("reproduce", here.paper);
  assertEquals(second.code, 0);
  assertMatch(second.out, /0 nodes ran, 11 reused/);
  assertEquals((await Deno.stat(report)).mtime, written.mtime);
  await Deno.writeTextFile(report, "");
  await here.assay("reproduce", here.paper);
  assertStringIncludes(await Deno.readTextFile(report), "assay-results");
});

Deno.test("reproduce --json prints the run; --strict ends with 1 on a contradiction", async () => {
  await using here = await desk();
  const { code, out } = await here.assay("reproduce", here.paper, "--preset", "smoke", "--json", "--strict");
  assertEquals(code, 1);
  const run = JSON.parse(out);
  assertEquals(run.outcome, "done");
  assertEquals(run.nodes.length, 11);
  assertEquals(run.claims.map((claim: { verdict: string }) => claim.verdict).includes("contradicted"), true);
});

Deno.test("reproduce names a node that failed, and judges what it can", async () => {
  await using here = await desk();
  const { code, out, err } = await here.assay(
    "reproduce",
    here.paper,
    "--keep-going",
    "--set",
    "count-down.fails=true",
  );
  assertEquals(code, 1);
  assertMatch(err, /event=failed node=count-down-\w+ reason=failed error="TypeError: the count went wrong"/);
  assertMatch(out, /count-down-\w+ failed/);
  assertMatch(out, /10 nodes ran, 0 reused, 1 failed/);
  assertStringIncludes(await Deno.readTextFile(`${here.folder}/reports/tiny-quick.html`), "This run failed");
});

Deno.test("reproduce --dry-run runs nothing, --only little, --force what is fresh", async () => {
  await using here = await desk();
  const dry = await here.assay("reproduce", here.paper, "--dry-run", "--json");
  assertEquals(
    JSON.parse(dry.out).nodes.map((node: { state: string }) => node.state).includes("fresh"),
    false,
  );
  const only = await here.assay("reproduce", here.paper, "--only", "draw");
  assertMatch(only.out, /3 nodes ran, 0 reused/);
  assertEquals(only.out.includes("claim"), false);
  assertEquals([...Deno.readDirSync(here.folder)].some(({ name }) => name === "reports"), false);
  const forced = await here.assay("reproduce", here.paper, "--only", "dots", "--force", "draw");
  assertMatch(forced.out, /7 nodes ran, 0 reused/);
});

Deno.test("Ctrl-C ends a run in good order: 130, what had ended is kept, no worker is left", async () => {
  await using here = await desk();
  const child = startAssay("reproduce", here.paper, "--preset", "laptop", "--store", here.folder);
  const ended = endOf(child);
  await until(() => workersOf(here.folder).length > 0, "a worker runs");
  child.kill("SIGINT");
  const { code, err } = await ended;
  assertEquals(code, 130);
  assertStringIncludes(err, "Interrupted.");
  await until(() => workersOf(here.folder).length === 0, "no worker is left");
  const { runs } = JSON.parse((await here.assay("inspect", "list", "--json")).out);
  assertEquals(runs[0].outcome, "interrupted");
  const again = await here.assay("reproduce", here.paper, "--preset", "laptop", "--only", "draw", "--json");
  assert(JSON.parse(again.out).nodes.every((node: { state: string }) => node.state === "hit"));
});

Deno.test("inspect shows nodes, their lineage, two runs side by side, and the claims", async () => {
  await using here = await desk();
  await here.assay("reproduce", here.paper);
  await here.assay("reproduce", here.paper, "--seeds", "2");
  const list = await here.assay("inspect", "list", "figure");
  assertMatch(list.out, /dots-\w+ +ran +figure/);
  const ambiguous = await here.assay("inspect", "show", "average");
  assertEquals(ambiguous.code, 2);
  assertMatch(ambiguous.err, /"average" means 6 nodes: average-\w+, /);
  const show = await here.assay("inspect", "show", "count-down");
  for (const part of ["metrics", "steps = 20", "countDown of tiny.ts", "never ran", "the count is down"]) {
    assertStringIncludes(show.out, part);
  }
  const lineage = await here.assay("inspect", "lineage", "count-down");
  assertMatch(lineage.out, /count-down-\w+ {2}metrics \w{12}\n└─ after draw-\w+/);
  const runs = JSON.parse((await here.assay("inspect", "list", "--json")).out).runs;
  const diff = await here.assay("inspect", "diff", runs[1].id, "latest");
  assertMatch(diff.out, /draw-\w+ +only in/);
  assertMatch(diff.out, /C1 +✓ reproduced .*0\.500 \[0\.470, 0\.530\] +~ inconclusive|C1 +✓ reproduced/);
  const claims = await here.assay("inspect", "claims");
  assertStringIncludes(claims.out, "the count goes down to nought");
});

Deno.test("inspect why shows the code's difference, before the run and after it", async () => {
  await using here = await desk();
  const fresh = await here.assay("inspect", "why", here.paper);
  assertMatch(fresh.out, /3 nodes would run, and 8 after them may follow/);
  await here.assay("reproduce", here.paper);
  await here.project.edit("tiny.ts", "state * 48271", "state * 16807");
  const evidence = (text: string) => {
    assertStringIncludes(text, "its code changed");
    assertMatch(text, /- .*48271/);
    assertMatch(text, /\+ .*16807/);
    assertStringIncludes(text, "the same change as in draw-");
  };
  const before = await here.assay("inspect", "why", here.paper);
  assertMatch(before.out, /3 nodes would run, and 8 after them may follow/);
  evidence(before.out);
  await here.assay("reproduce", here.paper);
  const after = await here.assay("inspect", "why", here.paper);
  assertStringIncludes(after.out, "Nothing would run now. Why it last ran:");
  evidence(after.out);
  assertMatch(after.out, /input sample changed \(made by draw\)\n {4}content \w{12} → \w{12}/);
});

Deno.test("inspect why plans with the parameters that --set replaced", async () => {
  await using here = await desk();
  await here.assay("reproduce", here.paper, "--set", "count-down.steps=10");
  const why = await here.assay("inspect", "why", here.paper);
  assertStringIncludes(why.out, "Nothing would run now.");
});

Deno.test("store verify finds a corrupt object, repairs, and the next run makes it again", async () => {
  await using here = await desk();
  await here.assay("reproduce", here.paper);
  const figure = JSON.parse((await here.assay("inspect", "show", "dots", "--json")).out);
  const { digest } = figure.output.parts["figure.svg"];
  const object = `${here.folder}/objects/${digest.slice(0, 2)}/${digest.slice(2)}`;
  const content = await Deno.readFile(object);
  await Deno.chmod(object, 0o644);
  await Deno.writeFile(object, content.map((byte, at) => at === 3 ? byte ^ 1 : byte));
  const found = await here.assay("store", "verify");
  assertEquals(found.code, 1);
  assertStringIncludes(found.out, `object ${digest.slice(0, 12)} is corrupt`);
  const repaired = await here.assay("store", "verify", "--repair");
  assertEquals(repaired.code, 0);
  const again = await here.assay("reproduce", here.paper);
  assertMatch(again.out, /1 node ran, 10 reused/);
  assertEquals((await here.assay("store", "verify")).code, 0);
});

Deno.test("doctor says of each paper and preset whether it has what it needs", async () => {
  const { code, out } = await assay("doctor", "--json");
  const checks = JSON.parse(out) as {
    readonly name: string;
    readonly ok: unknown;
    readonly detail: string;
  }[];
  const names = checks.map(({ name }) => name);
  for (const name of ["deno", "tensorflow", "mnist", "tost smoke", "tost paper"]) {
    assert(names.includes(name), name);
  }
  assertEquals(code, checks.some(({ ok }) => ok === false) ? 1 : 0);
});
