/**
 * What a report shows: a run, with what its nodes were run with and what they made.
 *
 * @module
 */
import type { Expectation } from "../claim/expectation.ts";
import type { Judged } from "../claim/verdict.ts";
import { recordedClaims } from "../claim/recorded.ts";
import type { Json } from "../dag/canonical.ts";
import type { Paper } from "../dag/pipeline.ts";
import type { NodeRecord, RunNode, RunRecord } from "../dag/record.ts";
import type { Store } from "../dag/store.ts";
import { Figure } from "../kinds/figure.ts";
import { Metrics } from "../kinds/metrics.ts";
import { distinguish } from "./distinguish.ts";
import { readableCode } from "./readable_code.ts";

/** A node in a report. */
export interface ReportNode extends RunNode {
  /** What tells it from the other nodes of its task. */
  readonly about: string;
  /** What it was run with, and what it made; undefined when it has no result. */
  readonly record: NodeRecord | undefined;
  /** What it measured, when that is what it makes. */
  readonly metrics: Json | undefined;
}

/** A judged claim with the range that it allows. */
export interface ReportClaim extends Judged {
  /** Undefined when the pipeline no longer makes the claim. */
  readonly range: Expectation | undefined;
}

/** A figure, and the node that drew it. */
export interface ReportFigure extends Figure {
  /** The node's place in its graph. */
  readonly address: string;
}

/** What a report shows. */
export interface ReportContents {
  /** The paper. */
  readonly paper: Paper;
  /** What is reproduced, in one line. */
  readonly about: string;
  /** The run. */
  readonly run: RunRecord;
  /** The command that repeats the run. */
  readonly command: string;
  /** What is trained and how large it is, a line each. */
  readonly sizes: readonly string[];
  /** The claims, judged. */
  readonly claims: readonly ReportClaim[];
  /** The figures, in the order in which they are shown. */
  readonly figures: readonly ReportFigure[];
  /** All nodes, every node after the ones wired into it. */
  readonly nodes: readonly ReportNode[];
  /** The reachable code of each task, by its bundle's digest. */
  readonly code: ReadonlyMap<string, string>;
}

/** What of a pipeline a report shows. */
export interface ReportSource {
  /** The paper. */
  readonly paper: Paper;
  /** What is reproduced, in one line. */
  readonly about: string;
  /** The command that repeats the run. */
  readonly command: string;
  /** What is trained and how large it is, a line each. */
  readonly sizes: readonly string[];
  /** The ranges that claims allow, by the claims' ids. */
  readonly ranges: ReadonlyMap<string, Expectation>;
  /** The addresses of the figures, in the order in which they are shown. */
  readonly figures: readonly string[];
}

/** Gathers what a report shows from the store. What was freed or is corrupt is left out. */
export async function gatherContents(
  run: RunRecord,
  source: ReportSource,
  store: Store,
): Promise<ReportContents> {
  const about = distinguish(run.nodes);
  const nodes = run.nodes.map((node): ReportNode => {
    const record = node.key === null ? undefined : store.readNode(node.key);
    return {
      ...node,
      about: about.get(node.address)!,
      record,
      metrics: record?.output.kind === "metrics" ? decoded(Metrics, record, store) : undefined,
    };
  });
  const byAddress = new Map(nodes.map((node) => [node.address, node]));
  return {
    paper: source.paper,
    about: source.about,
    run,
    command: source.command,
    sizes: source.sizes,
    claims: recordedClaims(run).map((claim) => ({
      ...claim,
      range: source.ranges.get(claim.id),
    })),
    figures: source.figures.flatMap((address) => {
      const record = byAddress.get(address)?.record;
      const figure = record === undefined ? undefined : decoded(Figure, record, store);
      return figure === undefined ? [] : [{ ...figure, address }];
    }),
    nodes,
    code: await readableCode(store, nodes.flatMap(({ record }) => record?.code.bundle ?? [])),
  };
}

function decoded<Value>(
  kind: { decode(parts: ReturnType<Store["readParts"]>): Value },
  record: NodeRecord,
  store: Store,
): Value | undefined {
  try {
    return kind.decode(store.readParts(record.output));
  } catch {
    return undefined; // it was freed since, or is corrupt: the report is written all the same
  }
}
