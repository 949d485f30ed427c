/**
 * Text in columns: widths, wrapping, cutting, tables.
 *
 * @module
 */
import { stripVTControlCharacters } from "node:util";

/** How many columns a text takes on a terminal. Colours and combining marks take none. */
export function width(text: string): number {
  return [...stripVTControlCharacters(text).replaceAll(/\p{M}/gu, "")].length;
}

/** Fills a text up to a width, at its end or, for numbers, at its start. */
export function pad(text: string, columns: number, side: "end" | "start" = "end"): string {
  const room = " ".repeat(Math.max(0, columns - width(text)));
  return side === "end" ? text + room : room + text;
}

/** Cuts an uncoloured text to a width; an ellipsis shows that something is gone. */
export function cut(text: string, columns: number): string {
  if (width(text) <= columns) return text;
  return columns < 1 ? "" : `${[...text].slice(0, columns - 1).join("")}…`;
}

/**
 * Breaks an uncoloured text into lines of at most a width, between words where it can.
 *
 * @example Usage
 * ```ts
 * import { wrap } from "./text.ts";
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(wrap("the rate falls with depth", 12), ["the rate", "falls with", "depth"]);
 * ```
 */
export function wrap(text: string, columns: number): readonly string[] {
  const room = Math.max(1, columns);
  const lines: string[] = [];
  let line = "";
  for (const word of text.split(/\s+/).filter((word) => word !== "")) {
    const longer = line === "" ? word : `${line} ${word}`;
    if (width(longer) <= room) {
      line = longer;
      continue;
    }
    if (line !== "") lines.push(line);
    const characters = [...word];
    while (characters.length > room) lines.push(characters.splice(0, room).join(""));
    line = characters.join("");
  }
  return line === "" ? lines : [...lines, line];
}

/** A column of a {@linkcode table}. */
export interface Column {
  /** Its heading. */
  readonly title: string;
  /** Where its cells stand. */
  readonly align?: "start" | "end";
}

/**
 * Rows under headings, each column as wide as its widest cell. Cells may be coloured. Lines that would be longer than
 * the terminal have their last cell cut.
 *
 * @param columns The headings.
 * @param rows The cells.
 * @param options The terminal's width, and how a heading is painted.
 */
export function table(
  columns: readonly Column[],
  rows: readonly (readonly string[])[],
  options: { readonly columns: number; readonly heading: (text: string) => string },
): string {
  const widths = columns.map(({ title }, at) =>
    Math.max(width(title), ...rows.map((row) => width(row[at] ?? "")))
  );
  const before = widths.slice(0, -1).reduce((sum, one) => sum + one + 2, 0);
  const lastRoom = Math.max(8, options.columns - before);
  const line = (cells: readonly string[]) =>
    cells.map((cell, at) => {
      if (at === columns.length - 1 && columns[at]!.align !== "end") return fit(cell, lastRoom);
      return pad(cell, widths[at]!, columns[at]!.align === "end" ? "start" : "end");
    }).join("  ").trimEnd();
  return [options.heading(line(columns.map(({ title }) => title))), ...rows.map(line)].join("\n");
}

function fit(cell: string, columns: number): string {
  return width(cell) <= columns ? cell : cut(stripVTControlCharacters(cell), columns);
}
