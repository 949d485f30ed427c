/**
 * The graph of a run as a picture: a box for each step, a cell in it for each node, coloured by what became of it.
 *
 * @module
 */
import type { RunNode } from "../dag/record.ts";
import type { Step } from "./steps.ts";

/** The width in pixels below which a picture does not shrink. */
const SMALLEST = 860;
/** The size of a cell, and the gap between two, in points. */
const CELL = 13;
const GAP = 3;
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
  "soft": "#01a009",
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
    "  rankdir=LR; ranksep=0.4; nodesep=0.18; bgcolor=transparent;",
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
  const cells = rows.map((row) => `<tr>${row.map(cell).join("")}</tr>`).join("");
  const many = step.nodes.length > 1 ? ` × ${step.nodes.length}` : "";
  // Browsers set text in another typeface than the one that Graphviz measures it by: room for the difference.
  const roomFor = (text: string) => "&#160;".repeat(Math.ceil(text.length / 3));
  const name = escaped(step.task);
  const title = `<td align="left" href="#${step.id}" title="${name}">${name}${many}${
    roomFor(step.task + many)
  }</td>`;
  const about = step.about === ""
    ? ""
    : `<tr><td align="left" cellpadding="0"><font point-size="9" color="${PAINTS.soft}">&#160;&#160;of ${
      escaped(step.about)
    }${roomFor(step.about)}</font></td></tr>`;
  const [width, height] = [Math.max(...rows.map((row) => row.length)), rows.length].map(spanOf);
  const squares = `<table align="left" fixedsize="true" width="${width}" height="${height}" border="0" ` +
    `cellborder="0" cellspacing="${GAP}" cellpadding="0">${cells}</table>`;
  return `<table border="1" cellborder="0" cellspacing="0" cellpadding="5" style="rounded" ` +
    `color="${PAINTS.edge}" bgcolor="${PAINTS.box}"><tr>${title}</tr>${about}` +
    `<tr><td align="left">${squares}</td></tr></table>`;
}

/** How wide some cells are, with the gaps around them. */
function spanOf(cells: number): number {
  return cells * (CELL + GAP) + GAP;
}

function cell(node: RunNode): string {
  return `<td fixedsize="true" width="${CELL}" height="${CELL}" bgcolor="${
    PAINTS[node.state]
  }" href="#${node.label}" ` +
    `title="${escaped(`${node.label}: ${node.state === "hit" ? "reused" : node.state}`)}"></td>`;
}

/** Turns the colours into variables, and leaves out what a page has already. */
function themed(svg: string): string {
  const width = Number(svg.match(/<svg width="(\d+)pt"/)?.[1] ?? 0) * 4 / 3;
  return Object.entries(PAINTS).reduce(
    (text, [name, colour]) => text.replaceAll(`"${colour}"`, `"var(--g-${name})"`),
    svg.slice(svg.indexOf("<svg"))
      // It shrinks to the page's width, but not so far that it cannot be read: then it scrolls.
      .replace("<svg", `<svg style="min-width:${Math.min(width, SMALLEST)}px"`)
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
