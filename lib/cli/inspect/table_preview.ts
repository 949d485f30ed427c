/**
 * The preview of a table: as much of it as the screen holds.
 *
 * @module
 */
import type { Table } from "../../kinds/table.ts";
import { formatCell, isNumeric } from "../../report/cell.ts";
import { count } from "../../report/number.ts";
import { cut, pad, width } from "../text.ts";

/** How many rows are shown at most. */
const ROWS = 20;

/** How wide a cell may be, in columns of the screen. */
const CELL = 32;

/** A column of a table, laid out: its name and its cells in one width, with the gap that parts it from the next. */
type Strip = readonly string[];

/**
 * The first rows of a table, each column as wide as its widest cell, numbers to the right. Columns beyond the screen's
 * edge are named, and rows beyond the first twenty counted.
 *
 * @param table The table.
 * @param columns The screen's width.
 */
export function previewTable(table: Table, columns: number): readonly string[] {
  const names = Object.keys(table.columns);
  const rows = table.columns[names[0] ?? ""]?.length ?? 0;
  const strips = names.map((name) => strip(table, name));
  const fitting = howManyFit(strips, columns);
  const shown = strips.slice(0, fitting);
  const lines = shown[0]?.map((_, line) => shown.map((cells) => cells[line]).join("  ").trimEnd()) ?? [];
  return [
    ...lines,
    ...(rows > ROWS ? [`… ${count(rows - ROWS, "more row")}`] : []),
    ...(fitting < names.length
      ? [
        cut(`… ${count(names.length - fitting, "more column")}: ${names.slice(fitting).join(", ")}`, columns),
      ]
      : []),
  ];
}

function strip({ columns }: Table, name: string): Strip {
  const column = columns[name]!;
  const cells = [name, ...column.slice(0, ROWS).map(formatCell)]
    .map((cell) => cut(cell.replaceAll(/\s+/g, " "), CELL));
  const widest = Math.max(...cells.map(width));
  return cells.map((cell) => pad(cell, widest, isNumeric(column) ? "start" : "end"));
}

/** How many of the first columns fit on the screen; at least one, so that something is seen. */
function howManyFit(strips: readonly Strip[], columns: number): number {
  let used = -2;
  const beyond = strips.findIndex(([name]) => (used += 2 + width(name!)) > columns);
  return beyond < 0 ? strips.length : Math.max(1, beyond);
}
