/**
 * Evidence: what lies behind each reason for which a node runs.
 *
 * @module
 */
import { describe, differences, type Facts, type Reason } from "../../dag/staleness.ts";
import type { NodeRecord } from "../../dag/record.ts";
import type { Store } from "../../dag/store.ts";
import { readableCode } from "../../report/readable_code.ts";
import type { Paint } from "../paint.ts";

/** Why a node runs, with what it is compared with. */
export interface Why {
  /** The node's name for people. */
  readonly label: string;
  /** The reasons. */
  readonly reasons: readonly Reason[];
}

/** A node's reasons, each with the lines that prove it. */
export interface Proved extends Why {
  /** The lines for each reason, in the order of the reasons. */
  readonly evidence: readonly (readonly string[])[];
}

/**
 * Finds the evidence: the unified diff of the reachable code, the content that an input had and has. A diff that several
 * nodes share is given to the first of them.
 */
export async function prove(whys: readonly Why[], store: Store): Promise<readonly Proved[]> {
  const changes = whys.flatMap(({ reasons }) => reasons.filter((reason) => reason.type === "code"));
  const code = await readableCode(store, changes.flatMap(({ before, after }) => [before, after]));
  const shownAt = new Map<string, string>();
  const evidenceOf = async (reason: Reason, label: string): Promise<readonly string[]> => {
    if (reason.type === "inputs") {
      return [`content ${reason.before.slice(0, 12) || "none"} → ${reason.after.slice(0, 12) || "none"}`];
    }
    if (reason.type !== "code") return [];
    const change = `${reason.before} ${reason.after}`;
    if (shownAt.has(change)) return [`the same change as in ${shownAt.get(change)}`];
    shownAt.set(change, label);
    const [before, after] = [code.get(reason.before), code.get(reason.after)];
    if (before === undefined || after === undefined) return ["the earlier code is no longer kept"];
    return await unifiedDiff(before, after);
  };
  const proved: Proved[] = [];
  for (const why of whys) {
    const evidence: (readonly string[])[] = [];
    for (const reason of why.reasons) evidence.push(await evidenceOf(reason, why.label));
    proved.push({ ...why, evidence });
  }
  return proved;
}

/** The lines that tell of a node's reasons, with their evidence. */
export function provedLines({ label, reasons, evidence }: Proved, paint: Paint): readonly string[] {
  return [
    paint.bold(label),
    ...reasons.flatMap((reason, at) => [
      `  ${describe(reason)}`,
      ...evidence[at]!.map((line) => `    ${paintDiffLine(line, paint)}`),
    ]),
  ];
}

/**
 * Why an execution ran: how it differs from what its node was run with before, or, for a node that is new, from the
 * task's nearest earlier execution.
 */
export function reasonsFor(record: NodeRecord, store: Store): readonly Reason[] {
  const earlier = store.ledger.executionsOfTask(record.task).filter((one) => one.started < record.started);
  const before = earlier.find((one) => one.address === record.address) ?? nearest(earlier, record);
  return before === undefined ? [] : differences(before, record);
}

function nearest(executions: readonly NodeRecord[], facts: Facts): NodeRecord | undefined {
  const distances = executions.map((record) => differences(record, facts).length);
  return executions[distances.indexOf(Math.min(...distances))];
}

async function unifiedDiff(before: string, after: string): Promise<readonly string[]> {
  const { structuredPatch } = await import("diff");
  const { hunks } = structuredPatch("before", "after", before, after, undefined, undefined, { context: 3 });
  return hunks.flatMap(({ oldStart, oldLines, newStart, newLines, lines }) => [
    `@@ -${oldStart},${oldLines} +${newStart},${newLines} @@`,
    ...lines,
  ]);
}

function paintDiffLine(line: string, paint: Paint): string {
  if (line.startsWith("+")) return paint.green(line);
  if (line.startsWith("-")) return paint.red(line);
  return line.startsWith("@@") ? paint.cyan(line) : paint.dim(line);
}
