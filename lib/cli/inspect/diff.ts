/**
 * `inspect diff`: two runs side by side.
 *
 * @module
 */
import * as Console from "effect/Console";
import * as Effect from "effect/Effect";
import { recordedClaims } from "../../claim/recorded.ts";
import type { Judged } from "../../claim/verdict.ts";
import type { RunNode, RunRecord } from "../../dag/record.ts";
import { describe, differences } from "../../dag/staleness.ts";
import type { Store } from "../../dag/store.ts";
import { formatMeasured } from "../../report/number.ts";
import { MARKS } from "../../report/verdict_mark.ts";
import type { DiffInput } from "../commands/inspect.ts";
import { screenOf } from "../paint.ts";
import { scopedStore } from "../scoped_store.ts";
import { table } from "../text.ts";
import { findRun } from "./resolve.ts";

/** How two runs differ. */
export interface RunDifference {
  /** Claims that one run lacks, or that they measured or judged differently. */
  readonly claims: readonly { readonly id: string; readonly before?: Judged; readonly after?: Judged }[];
  /** Nodes that one run lacks, or whose results differ, with the reasons. */
  readonly nodes: readonly { readonly label: string; readonly how: string }[];
}

/** Shows two runs side by side: the claims and the nodes that differ. */
export const inspectDiff = Effect.fn("inspectDiff")(function* (input: DiffInput) {
  const store = yield* scopedStore(input.store);
  const [before, after] = [yield* findRun(store, input.before), yield* findRun(store, input.after)];
  const found = compareRuns(before, after, store);
  if (input.json) {
    return yield* Console.log(JSON.stringify({ before: before.id, after: after.id, ...found }, null, 2));
  }
  const { columns, paint } = screenOf("stdout");
  const options = { columns, heading: paint.dim };
  yield* Console.log(`${runLine(before)}\n${runLine(after)}\n`);
  if (found.claims.length === 0 && found.nodes.length === 0) {
    return yield* Console.log("They do not differ: the same nodes, the same results, the same verdicts.");
  }
  if (found.claims.length > 0) {
    const titles = [{ title: "claim" }, { title: before.id }, { title: after.id }];
    const rows = found.claims.map((claim) => [claim.id, cell(claim.before), cell(claim.after)]);
    yield* Console.log(`${table(titles, rows, options)}\n`);
  }
  if (found.nodes.length > 0) {
    const rows = found.nodes.map(({ label, how }) => [label, how]);
    yield* Console.log(table([{ title: "node" }, { title: "differs" }], rows, options));
  }
}, Effect.scoped);

/** Compares two runs. */
function compareRuns(
  before: RunRecord,
  after: RunRecord,
  store: Pick<Store, "readNode">,
): RunDifference {
  const claims = paired(recordedClaims(before), recordedClaims(after), ({ id }) => id)
    .filter(([one, other]) => cell(one) !== cell(other))
    .map(([one, other]) => ({
      id: (one ?? other)!.id,
      ...(one === undefined ? {} : { before: one }),
      ...(other === undefined ? {} : { after: other }),
    }));
  const nodes = paired(before.nodes, after.nodes, ({ address }) => address).flatMap(([one, other]) => {
    const how = one === undefined
      ? `only in ${after.id}`
      : other === undefined
      ? `only in ${before.id}`
      : howTheyDiffer(one, other, store);
    return how === undefined ? [] : [{ label: (one ?? other)!.label, how }];
  });
  return { claims, nodes };
}

function howTheyDiffer(before: RunNode, after: RunNode, store: Pick<Store, "readNode">): string | undefined {
  if (before.digest === after.digest) return undefined;
  const [one, other] = [before, after].map(({ key }) => key === null ? undefined : store.readNode(key));
  if (one === undefined || other === undefined) return `${before.state}, then ${after.state}`;
  const reasons = differences(one, other).map(describe);
  return reasons.length === 0 ? "ran again, with another result" : reasons.join("; ");
}

/** Puts together what two lists have under one name, in the order of the first, then of the second. */
function paired<A>(
  before: readonly A[],
  after: readonly A[],
  name: (one: A) => string,
): readonly (readonly [A | undefined, A | undefined])[] {
  const others = new Map(after.map((one) => [name(one), one]));
  const names = new Set(before.map(name));
  return [
    ...before.map((one) => [one, others.get(name(one))] as const),
    ...after.filter((one) => !names.has(name(one))).map((one) => [undefined, one] as const),
  ];
}

function cell(claim: Judged | undefined): string {
  if (claim === undefined) return "absent";
  const mark = `${MARKS[claim.verdict]} ${claim.verdict}`;
  return claim.measured === null ? mark : `${mark}  ${formatMeasured(claim.measured)}`;
}

function runLine({ id, pipeline, preset, seeds, started }: RunRecord): string {
  return `${id}  ${pipeline}, ${preset} preset, seeds ${seeds.join(" ")}, ${
    started.slice(0, 16).replace("T", " ")
  }`;
}
