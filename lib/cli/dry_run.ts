/**
 * `reproduce --dry-run`: what would run, with which parameters, and why.
 *
 * @module
 */
import * as Console from "effect/Console";
import * as Effect from "effect/Effect";
import type { Assembled } from "../assemble.ts";
import { canonicalJson, type Json } from "../dag/canonical.ts";
import { label, type Node } from "../dag/node.ts";
import type { Planned } from "../dag/plan.ts";
import { describe } from "../dag/staleness.ts";
import type { Resources } from "../dag/task.ts";
import { count } from "../report/number.ts";
import { type Paint, screenOf } from "./paint.ts";
import { table, width, wrap } from "./text.ts";

/** Prints a plan: each node with what would become of it and why, and its parameters. */
export const showPlan = Effect.fn("showPlan")(function* (assembled: Assembled, planned: readonly Planned[]) {
  const screen = screenOf("stdout");
  const { paint } = screen;
  const name = Math.max(4, ...planned.map(({ node }) => width(label(node))));
  const rows = planned.flatMap((one) => {
    const [first = "", ...others] = wrap(parameters(one.node), screen.columns - name - "may run".length - 4);
    return [[label(one.node), paintState(one, paint), first], ...others.map((more) => ["", "", more])];
  });
  const columns = [{ title: "node" }, { title: "state" }, { title: "parameters" }];
  const reasons = planned.filter((one) => one.reasons.length > 0)
    .map((one) => `  ${label(one.node)}: ${one.reasons.map(describe).join("; ")}`);
  const inState = (state: Planned["state"]) => planned.filter((one) => one.state === state).length;
  yield* Console.log(
    `${paint.bold(assembled.pipeline.paper.title)}  ${paint.dim(`${assembled.preset} preset`)}\n`,
  );
  const sizes = (assembled.declared.sizes ?? []).flatMap((size) =>
    wrap(size, screen.columns - 2).map((line, at) => at === 0 ? line : `  ${line}`)
  );
  if (sizes.length > 0) yield* Console.log(`${sizes.join("\n")}\n`);
  yield* Console.log(table(columns, rows, { columns: screen.columns, heading: paint.dim }));
  if (reasons.length > 0) yield* Console.log(`\n${paint.dim("why")}\n${reasons.join("\n")}`);
  yield* Console.log(
    `\n${count(planned.length, "node")}: ${inState("fresh")} reused, ${inState("stale")} to run, ` +
      `${inState("waiting")} that may follow. Nothing ran.`,
  );
});

/** A plan, as `--dry-run --json` prints it. */
export interface PlanJson {
  /** The pipeline's name. */
  readonly pipeline: string;
  /** The preset. */
  readonly preset: string;
  /** The seeds. */
  readonly seeds: readonly number[];
  /** What is trained and how large it is, a line each. */
  readonly sizes: readonly string[];
  /** The nodes, every node after the ones wired into it. */
  readonly nodes: readonly {
    readonly label: string;
    readonly address: string;
    readonly task: string;
    readonly params: Json;
    readonly resources: Resources;
    readonly state: Planned["state"];
    readonly reasons: readonly string[];
    readonly key: string | null;
  }[];
}

/** A plan for programs. */
export function planJson(
  { pipeline, preset, seeds, declared }: Assembled,
  planned: readonly Planned[],
): PlanJson {
  return {
    pipeline: pipeline.name,
    preset,
    seeds,
    sizes: declared.sizes ?? [],
    nodes: planned.map(({ node, state, reasons, record }) => ({
      label: label(node),
      address: node.address,
      task: node.task.spec.name,
      params: node.params,
      resources: node.task.spec.resources ?? {},
      state,
      reasons: reasons.map(describe),
      key: record?.key ?? null,
    })),
  };
}

/** `count 256, split train`: parameters with their paths. */
function parameters({ params }: Node): string {
  const leaves = (value: Json, path: string): readonly string[] =>
    typeof value === "object" && value !== null && !Array.isArray(value)
      ? Object.entries(value).flatMap(([key, part]) => leaves(part, path === "" ? key : `${path}.${key}`))
      : [`${path} ${typeof value === "string" ? value : canonicalJson(value)}`];
  return leaves(params, "").join(", ");
}

function paintState({ state }: Planned, paint: Paint): string {
  switch (state) {
    case "fresh":
      return paint.dim("reuse");
    case "stale":
      return paint.yellow("run");
    case "waiting":
      return "may run";
  }
}
