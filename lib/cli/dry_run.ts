/**
 * `reproduce --dry-run`: what would run, with which parameters, and why.
 *
 * @module
 */
import * as Console from "effect/Console";
import * as Effect from "effect/Effect";
import type { Assembled } from "../assemble.ts";
import { canonicalJson } from "../dag/canonical.ts";
import { label } from "../dag/node.ts";
import type { Planned } from "../dag/plan.ts";
import { describe } from "../dag/staleness.ts";
import { count } from "../report/number.ts";
import { type Paint, screenOf } from "./paint.ts";
import { table } from "./text.ts";

/** Prints a plan: each node with what would become of it and why, and its parameters. */
export const showPlan = Effect.fn("showPlan")(function* (assembled: Assembled, planned: readonly Planned[]) {
  const screen = screenOf("stdout");
  const { paint } = screen;
  const rows = planned.map((one) => [
    label(one.node),
    paintState(one, paint),
    canonicalJson(one.node.params),
  ]);
  const columns = [{ title: "node" }, { title: "state" }, { title: "parameters" }];
  const reasons = planned.filter((one) => one.reasons.length > 0)
    .map((one) => `  ${label(one.node)}: ${one.reasons.map(describe).join("; ")}`);
  const inState = (state: Planned["state"]) => planned.filter((one) => one.state === state).length;
  yield* Console.log(
    `${paint.bold(assembled.pipeline.paper.title)}  ${paint.dim(`${assembled.preset} preset`)}\n`,
  );
  yield* Console.log(table(columns, rows, { columns: screen.columns, heading: paint.dim }));
  if (reasons.length > 0) yield* Console.log(`\n${paint.dim("why")}\n${reasons.join("\n")}`);
  yield* Console.log(
    `\n${count(planned.length, "node")}: ${inState("fresh")} reused, ${inState("stale")} to run, ` +
      `${inState("waiting")} that may follow. Nothing ran.`,
  );
});

/** A plan for programs. */
export function planJson({ pipeline, preset, seeds }: Assembled, planned: readonly Planned[]) {
  return {
    pipeline: pipeline.name,
    preset,
    seeds,
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
