/**
 * `inspect lineage`: what a node was made from, and what was made from it, as trees.
 *
 * @module
 */
import * as Console from "effect/Console";
import * as Effect from "effect/Effect";
import { ancestors, descendants, type Lineage } from "../../dag/lineage.ts";
import type { LineageInput } from "../commands/inspect.ts";
import { type Paint, screenOf } from "../paint.ts";
import { scopedStore } from "../scoped_store.ts";
import { findExecution, labelOf } from "./resolve.ts";

/** Shows a node's ancestors and descendants. */
export const inspectLineage = Effect.fn("inspectLineage")(function* (input: LineageInput) {
  const store = yield* scopedStore(input.store);
  const { key } = yield* findExecution(store, input.node);
  const [before, after] = [ancestors(store, key), descendants(store, key)];
  if (input.json) {
    return yield* Console.log(
      JSON.stringify({ ancestors: plain(before), descendants: plain(after) }, null, 2),
    );
  }
  const { paint } = screenOf("stdout");
  yield* Console.log(paint.dim("made from"));
  yield* Console.log(tree(before, "up", paint).join("\n"));
  yield* Console.log(`\n${paint.dim("used for")}`);
  yield* Console.log(tree(after, "down", paint).join("\n"));
}, Effect.scoped);

/**
 * Draws a lineage as a tree. A node that several ways lead to is drawn out where it is met first.
 *
 * @param lineage The lineage.
 * @param towards `up` to what a node was made from, `down` to what was made from it.
 */
export function tree(lineage: Lineage, towards: "up" | "down", paint: Paint): readonly string[] {
  const drawn = new Set<string>();
  const branches = Map.groupBy(lineage.edges, (edge) => towards === "up" ? edge.to : edge.from);
  const draw = (key: string, lead: string, indent: string): readonly string[] => {
    const record = lineage.nodes.get(key);
    const name = record === undefined ? `${key.slice(0, 12)} (its record is gone)` : labelOf(record);
    const made = record === undefined
      ? ""
      : paint.dim(`  ${record.output.kind} ${record.output.digest.slice(0, 12)}`);
    const edges = branches.get(key) ?? [];
    if (drawn.has(key)) return [`${lead}${name}${edges.length > 0 ? paint.dim("  (above)") : made}`];
    drawn.add(key);
    return [
      `${lead}${name}${made}`,
      ...edges.flatMap((edge, at) => {
        const last = at === edges.length - 1;
        const branch = `${indent}${last ? "└─" : "├─"} ${paint.dim(edge.input)} `;
        return draw(towards === "up" ? edge.from : edge.to, branch, `${indent}${last ? "   " : "│  "}`);
      }),
    ];
  };
  return draw(lineage.root, "", "");
}

function plain({ root, nodes, edges }: Lineage) {
  return {
    root,
    nodes: [...nodes].map(([key, record]) => ({
      key,
      label: record === undefined ? null : labelOf(record),
      digest: record?.output.digest ?? null,
    })),
    edges,
  };
}
