/**
 * Finding executions and runs in the store by what a user calls them.
 *
 * @module
 */
import * as Effect from "effect/Effect";
import type { NodeRecord, RunRecord } from "../../dag/record.ts";
import type { Store } from "../../dag/store.ts";
import { UsageError } from "../errors.ts";
import { unknown } from "../suggest.ts";

/** How many candidates an ambiguous reference lists. */
const LISTED = 12;

/** An execution's name for people, as its node's label is. */
export function labelOf({ task, address }: Pick<NodeRecord, "task" | "address">): string {
  return `${task}-${address.slice(0, 6)}`;
}

/**
 * The execution that a reference means: a label, a task's name, or the beginning of an address, a key or the digest of
 * what was made. Of a node's executions the latest, unless a key says which.
 */
export function findExecution(store: Store, reference: string): Effect.Effect<NodeRecord, UsageError> {
  return Effect.gen(function* () {
    const records = store.ledger.keys().map((key) => store.ledger.node(key)!);
    const meant = records.filter((record) => isMeant(reference, record));
    const latest = new Map(meant.map((record) => [record.address, latestOf(meant, record.address)]));
    if (latest.size === 1) return [...latest.values()][0]!;
    if (latest.size > 1) {
      const names = [...latest.values()].map((one) => labelOf(one)).sort();
      const more = names.length > LISTED ? `, and ${names.length - LISTED} more` : "";
      return yield* new UsageError({
        message: `${JSON.stringify(reference)} means ${names.length} nodes: ${
          names.slice(0, LISTED).join(", ")
        }${more}; say which.`,
      });
    }
    const failed = store.runs(undefined, LISTED).flatMap((run) => run.nodes.map((node) => ({ run, node })))
      .find(({ node }) => node.label === reference || node.task === reference);
    if (failed !== undefined) {
      const { run, node } = failed;
      const why = node.error === null ? "" : `: ${node.error}`;
      return yield* new UsageError({
        message: `${node.label} has no result; in run ${run.id} it ended as ${node.state}${why}.`,
      });
    }
    const tasks = [...new Set(records.map((record) => record.task))];
    const names = [...tasks, ...new Set(records.map(labelOf))];
    return yield* new UsageError({ message: unknown("node", reference, names.slice(0, 400), tasks) });
  });
}

/** The run that a reference means: its id, the beginning of it, or `latest`. */
export function findRun(store: Store, reference: string): Effect.Effect<RunRecord, UsageError> {
  const runs = store.runs();
  const found = reference === "latest" ? runs[0] : runs.find((run) => run.id.startsWith(reference));
  if (found !== undefined) return Effect.succeed(found);
  return Effect.fail(
    new UsageError({
      message: runs.length === 0
        ? "Nothing has run yet."
        : unknown("run", reference, runs.slice(0, 5).map((run) => run.id)),
    }),
  );
}

/** The latest run of each pipeline and preset, of those that count, the newest first. */
export function latestRuns(
  store: Store,
  pipeline?: string,
  counts: (run: RunRecord) => boolean = () => true,
): readonly RunRecord[] {
  const latest = new Map<string, RunRecord>();
  for (const run of store.runs(pipeline).filter(counts)) {
    const name = `${run.pipeline} ${run.preset}`;
    if (!latest.has(name)) latest.set(name, run);
  }
  return [...latest.values()];
}

function isMeant(reference: string, record: NodeRecord): boolean {
  if (labelOf(record) === reference || record.task === reference) return true;
  return /^[0-9a-f]{6,64}$/.test(reference) &&
    [record.address, record.key, record.output.digest].some((hash) => hash.startsWith(reference));
}

function latestOf(records: readonly NodeRecord[], address: string): NodeRecord {
  return records.filter((record) => record.address === address)
    .reduce((latest, record) => record.started > latest.started ? record : latest);
}
