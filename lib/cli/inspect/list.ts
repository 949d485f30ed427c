/**
 * `inspect list`: runs, and the nodes of the latest ones.
 *
 * @module
 */
import * as Console from "effect/Console";
import * as Effect from "effect/Effect";
import * as Option from "effect/Option";
import { recordedClaims } from "../../claim/recorded.ts";
import type { NodeRecord, RunNode, RunRecord } from "../../dag/record.ts";
import type { Store } from "../../dag/store.ts";
import { distinguish } from "../../report/distinguish.ts";
import { formatBytes, formatSeconds } from "../../report/number.ts";
import { tally } from "../../report/verdict_mark.ts";
import type { ListInput } from "../commands/inspect.ts";
import { UsageError } from "../errors.ts";
import { screenOf } from "../paint.ts";
import { scopedStore } from "../scoped_store.ts";
import { unknown } from "../suggest.ts";
import { table } from "../text.ts";
import { latestRuns } from "./resolve.ts";

/** How many runs are listed. */
const RUNS = 10;

interface Listed extends RunNode {
  readonly about: string;
  readonly record: NodeRecord | undefined;
}

/** Lists runs, and the nodes of the latest run of each paper and preset; or those of a paper, a task or a kind. */
export const inspectList = Effect.fn("inspectList")(function* (input: ListInput) {
  const store = yield* scopedStore(input.store);
  const filter = Option.getOrUndefined(input.what);
  const isPipeline = filter !== undefined && store.runs(filter, 1).length > 0;
  const runs = store.runs(isPipeline ? filter : undefined, RUNS);
  const all = latestNodes(store, isPipeline ? filter : undefined);
  const nodes = filter === undefined || isPipeline
    ? all
    : all.filter(({ task, record }) => task === filter || record?.output.kind === filter);
  if (filter !== undefined && nodes.length === 0) {
    const names = [
      ...all.map(({ task }) => task),
      ...all.flatMap(({ record }) => record?.output.kind ?? []),
      ...store.runs().map(({ pipeline }) => pipeline),
    ];
    return yield* new UsageError({
      message: unknown("paper, task or kind", filter, [...new Set(names)].sort()),
    });
  }
  if (input.json) return yield* Console.log(JSON.stringify({ runs, nodes }, null, 2));
  if (runs.length === 0) {
    return yield* Console.log("Nothing has run yet. Start with: deno task reproduce tost");
  }
  const { columns, paint } = screenOf("stdout");
  const options = { columns, heading: paint.dim };
  if (filter === undefined || isPipeline) {
    yield* Console.log(`${table(RUN_COLUMNS, runs.map(runRow), options)}\n`);
  }
  yield* Console.log(table(NODE_COLUMNS, nodes.map(nodeRow), options));
}, Effect.scoped);

const RUN_COLUMNS = [
  { title: "run" },
  { title: "paper" },
  { title: "preset" },
  { title: "outcome" },
  { title: "ran", align: "end" as const },
  { title: "reused", align: "end" as const },
  { title: "time", align: "end" as const },
  { title: "claims" },
];

const NODE_COLUMNS = [
  { title: "node" },
  { title: "state" },
  { title: "made" },
  { title: "digest" },
  { title: "size", align: "end" as const },
  { title: "time", align: "end" as const },
  { title: "of" },
];

function runRow(run: RunRecord): readonly string[] {
  const inState = (state: string) => String(run.nodes.filter((node) => node.state === state).length);
  return [
    run.id,
    run.pipeline,
    run.preset,
    run.outcome,
    inState("ran"),
    inState("hit"),
    formatSeconds(run.seconds),
    tally(recordedClaims(run)),
  ];
}

function nodeRow({ label, state, about, record }: Listed): readonly string[] {
  const size = Object.values(record?.output.parts ?? {}).reduce((sum, part) => sum + part.size, 0);
  return [
    label,
    state === "hit" ? "reused" : state,
    record?.output.kind ?? "",
    record?.output.digest.slice(0, 12) ?? "",
    record === undefined ? "" : formatBytes(size),
    record === undefined ? "" : formatSeconds(record.seconds),
    about,
  ];
}

/** The nodes of the latest runs, each once, in the order of the graph. */
function latestNodes(store: Store, pipeline: string | undefined): readonly Listed[] {
  const listed = new Map<string, Listed>();
  for (const run of latestRuns(store, pipeline)) {
    const about = distinguish(run.nodes);
    for (const node of run.nodes) {
      if (listed.has(node.address)) continue;
      const record = node.key === null ? undefined : store.readNode(node.key);
      listed.set(node.address, { ...node, about: about.get(node.address)!, record });
    }
  }
  return [...listed.values()];
}
