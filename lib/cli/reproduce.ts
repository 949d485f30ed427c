/**
 * `reproduce`: assembles papers, runs what is stale, prints the claims, and writes the report.
 *
 * @module
 */
import * as Console from "effect/Console";
import * as Effect from "effect/Effect";
import * as Option from "effect/Option";
import { assemble, type Assembled } from "../assemble.ts";
import { recordedClaims } from "../claim/recorded.ts";
import { capabilities } from "../capabilities.ts";
import { plan } from "../dag/plan.ts";
import type { RunRecord } from "../dag/record.ts";
import { relative } from "../dag/path.ts";
import type { Store } from "../dag/store.ts";
import { requireReady } from "../readiness.ts";
import { count, formatSeconds } from "../report/number.ts";
import { tally } from "../report/verdict_mark.ts";
import { reproduce } from "../reproduce.ts";
import { claimsTable } from "./claims_table.ts";
import type { ReproduceInput } from "./commands/reproduce.ts";
import { planJson, showPlan } from "./dry_run.ts";
import { Unsuccessful } from "./errors.ts";
import { type Paint, screenOf } from "./paint.ts";
import { loadPaper, namedPapers } from "./papers.ts";
import { limits } from "./resources.ts";
import { scopedStore } from "./scoped_store.ts";
import { selectNodes } from "./select.ts";
import { parseSettings, requireTasks } from "./set.ts";
import { showProgress } from "./show_progress.ts";

/** Reproduces the papers that were asked for, one after the other. */
export const reproducePapers = Effect.fn("reproducePapers")(function* (input: ReproduceInput) {
  const overrides = yield* parseSettings(input.set);
  const options = { preset: input.preset, seeds: Option.getOrUndefined(input.seeds), overrides };
  const papers = yield* Effect.forEach(
    namedPapers(input.papers),
    Effect.fnUntraced(function* (name) {
      return { name, assembled: yield* assemble(yield* loadPaper(name), options) };
    }),
  );
  yield* requireTasks(overrides, papers.flatMap(({ assembled }) => assembled.nodes));
  const store = yield* scopedStore(input.store);
  const done = yield* Effect.forEach(
    papers,
    ({ name, assembled }) => reproducePaper(name, assembled, input, store),
  );
  if (input.json) yield* Console.log(JSON.stringify(done.length === 1 ? done[0] : done, null, 2));
  const runs = done.filter((one) => "outcome" in one);
  const failed = runs.some((run) => run.outcome !== "done");
  const contradicted = runs.some((run) =>
    recordedClaims(run).some((claim) => claim.verdict === "contradicted")
  );
  if (failed || input.strict && contradicted) return yield* new Unsuccessful();
}, Effect.scoped);

/** Reproduces one paper. Returns what `--json` prints: the plan of a dry run, or the run and its report. */
const reproducePaper = Effect.fn("reproducePaper")(function* (
  name: string,
  assembled: Assembled,
  input: ReproduceInput,
  store: Store,
) {
  const only = yield* selectNodes(input.only, assembled.nodes);
  const force = (yield* selectNodes(input.force, assembled.nodes)) ?? (() => false);
  const roots = only === undefined ? assembled.roots : assembled.nodes.filter(only);
  const planned = yield* plan(roots, { store, capabilities, force });
  if (input.dryRun) {
    if (!input.json) yield* showPlan(assembled, planned);
    return planJson(assembled, planned);
  }
  const limit = limits(Option.getOrUndefined(input.jobs));
  const what = `The ${assembled.preset} preset of ${name}`;
  yield* requireReady(planned, { capabilities, gpus: limit.gpus, what });
  const run = yield* Effect.scoped(Effect.gen(function* () {
    const onEvent = yield* showProgress;
    return yield* reproduce(assembled, {
      store,
      capabilities,
      ...limit,
      keepGoing: input.keepGoing,
      force,
      only,
      onEvent,
    });
  }));
  // A part of a pipeline has no report: it would take the place of the whole one's.
  const report = only === undefined ? yield* reportOn(run, assembled, store, commandLine(name, input)) : null;
  if (!input.json) yield* showRun(run, assembled, report);
  return { ...run, report };
});

const reportOn = Effect.fn("reportOn")(function* (
  run: RunRecord,
  assembled: Assembled,
  store: Store,
  command: string,
) {
  const { writeReport } = yield* Effect.promise(() => import("../report/write.ts"));
  return yield* writeReport(run, assembled, store, command);
});

/** Prints how a run ended: the claims, then what it took. */
const showRun = Effect.fn("showRun")(
  function* (run: RunRecord, { pipeline }: Assembled, report: string | null) {
    const screen = screenOf("stdout");
    const { paint } = screen;
    const claims = recordedClaims(run);
    const seeds = count(run.seeds.length, "seed");
    yield* Console.log(
      `\n${paint.bold(pipeline.paper.title)}  ${paint.dim(`${run.preset} preset, ${seeds}`)}\n`,
    );
    if (claims.length > 0) {
      yield* Console.log(`${claimsTable(claims, screen)}\n\n${paint.bold(tally(claims))}`);
    }
    for (const { label, error } of run.nodes) {
      if (error !== null) yield* Console.log(`${paint.red(`✗ ${label}`)}  ${error}`);
    }
    yield* Console.log(nodesLine(run, paint));
    if (report !== null) yield* Console.log(paint.dim("report ") + nearPath(report));
  },
);

/** A path as one would type it here. */
function nearPath(path: string): string {
  const near = relative(Deno.cwd(), path);
  return near.startsWith("..") ? path : near;
}

/** `12 nodes ran, 30 reused, 4 min 12 s`. */
function nodesLine(run: RunRecord, paint: Paint): string {
  const inState = (state: string) => run.nodes.filter((node) => node.state === state).length;
  const bad = (["failed", "skipped", "interrupted"] as const).flatMap((state) =>
    inState(state) > 0 ? [paint.red(`${inState(state)} ${state}`)] : []
  );
  return [
    `${count(inState("ran"), "node")} ran`,
    `${inState("hit")} reused`,
    ...bad,
    formatSeconds(run.seconds),
  ].join(", ");
}

/** The command that repeats a run: what changes its results, and nothing of how it was run. */
function commandLine(name: string, input: ReproduceInput): string {
  const seeds = Option.match(input.seeds, { onNone: () => [], onSome: (n) => [`--seeds ${n}`] });
  const settings = input.set.map((setting) => `--set ${quoted(setting)}`);
  return ["deno task reproduce", quoted(name), `--preset ${input.preset}`, ...seeds, ...settings].join(" ");
}

function quoted(argument: string): string {
  return /^[\w.,=:/-]+$/.test(argument) ? argument : `'${argument.replaceAll("'", `'\\''`)}'`;
}
