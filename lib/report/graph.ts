/**
 * The graph of a run as a picture: a box for each step, a cell in it for each node, coloured by what became of it.
 *
 * @module
 */
import type { RunNode } from "../dag/record.ts";
import type { Step } from "./steps.ts";

/** How many cells stand side by side. */
const CELLS = 6;

/**
 * Graphviz knows no variables of a style sheet, so its picture is painted in colours that stand for them, and they take
 * the colours' place afterwards: the page then decides what they are, in light and dark.
 */
const PAINTS = {
  "ran": "#01a001",
  "hit": "#01a002",
  "failed": "#01a003",
  "skipped": "#01a004",
  "interrupted": "#01a005",
  "box": "#01a006",
  "ink": "#01a007",
  "edge": "#01a008",
} as const;

/** Writes the graph in Graphviz's language. */
export function graphSource(steps: readonly Step[]): string {
  const boxes = steps.map((step) => `  ${quoted(step.id)} [label=<${boxLabel(step)}>];`);
  const arrows = steps.flatMap((step) =>
    step.from.map((before) => `  ${quoted(before)} -> ${quoted(step.id)};`)
  );
  return [
    "digraph {",
    "  rankdir=LR; ranksep=0.45; nodesep=0.18; bgcolor=transparent;",
    `  node [shape=plain fontname="Helvetica" fontsize=11 fontcolor="${PAINTS.ink}"];`,
    `  edge [color="${PAINTS.edge}" arrowsize=0.6];`,
    ...boxes,
    ...arrows,
    "}",
  ].join("\n");
}

/** Draws the graph as SVG, coloured by the page's variables `--g-ran`, `--g-hit`, … */
export async function drawGraph(steps: readonly Step[]): Promise<string> {
  const { instance } = await import("@viz-js/viz");
  const viz = await instance();
  return themed(viz.renderString(graphSource(steps), { format: "svg" }));
}

function boxLabel(step: Step): string {
  const rows: RunNode[][] = [];
  step.nodes.forEach((node, index) => {
    if (index % CELLS === 0) rows.push([]);
    rows.at(-1)!.push(node);
  });
  // An empty cell takes the width that is left, so that the squares stand at the left.
  const cells = rows.map((row) => `<tr>${row.map(cell).join("")}<td></td></tr>`).join("");
  const many = step.nodes.length > 1 ? ` × ${step.nodes.length}` : "";
  // Browsers set text in another typeface than the one that Graphviz measures it by: room for the difference.
  const room = "&#160;".repeat(Math.ceil((step.task.length + many.length) / 3));
  const name = escaped(step.task);
  const title = `<td align="left" href="#${step.id}" title="${name}">${name}${many}${room}</td>`;
  return `<table border="1" cellborder="0" cellspacing="0" cellpadding="5" style="rounded" color="${PAINTS.edge}" ` +
    `bgcolor="${PAINTS.box}"><tr>${title}</tr><tr><td align="left"><table border="0" cellborder="0" cellspacing="3" ` +
    `cellpadding="0">${cells}</table></td></tr></table>`;
}

function cell(node: RunNode): string {
  return `<td fixedsize="true" width="13" height="13" bgcolor="${
    PAINTS[node.state]
  }" href="#${node.label}" ` +
    `title="${escaped(`${node.label}: ${node.state === "hit" ? "reused" : node.state}`)}"></td>`;
}

/** Turns the colours into variables, and leaves out what a page has already. */
function themed(svg: string): string {
  return Object.entries(PAINTS).reduce(
    (text, [name, colour]) => text.replaceAll(`"${colour}"`, `"var(--g-${name})"`),
    svg.slice(svg.indexOf("<svg"))
      .replaceAll(/<!--.*?-->\n?/gs, "")
      .replaceAll("xlink:", "")
      .replace(/ xmlns:xlink="[^"]*"/, ""),
  );
}

function quoted(text: string): string {
  return `"${text}"`;
}

function escaped(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;").replaceAll(
    '"',
    "&quot;",
  );
}
