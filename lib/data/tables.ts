/**
 * Tables at work: to Arquero and back, for grouping, joining and counting, and out as CSV.
 *
 * Arquero takes 20 to 30 ms to load, so it is loaded where a table is first worked on.
 *
 * @module
 */
import type { ColumnTable } from "arquero";
import * as Schema from "effect/Schema";
import type { Cell, Table } from "../kinds/table.ts";

/** A table lacks what is asked of it, or holds something else there. */
export class TableError extends Schema.TaggedError<TableError>()("TableError", {
  message: Schema.String,
}) {}

/**
 * The table as Arquero's, with its verbs.
 *
 * Verbs take columns by name, or functions of `op` such as `op.mean("accuracy")`. An arrow function will not do in a
 * task: Arquero reads its source, in which a bundler may have renamed `op`.
 *
 * @example The most accurate first
 * ```ts
 * import { fromArquero, toArquero } from "./tables.ts";
 * import { desc } from "arquero";
 * import { assertEquals } from "@std/assert";
 *
 * const table = { columns: { network: ["tost", "softmax"], accuracy: [0.95, 0.97] } };
 * const sorted = (await toArquero(table)).orderby(desc("accuracy"));
 * assertEquals(fromArquero(sorted).columns.network, ["softmax", "tost"]);
 * ```
 */
export async function toArquero({ columns }: Table): Promise<ColumnTable> {
  const { table } = await import("arquero");
  return table(columns as Record<string, Cell[]>, Object.keys(columns));
}

/**
 * What an Arquero table shows, as a table to be kept: its rows in their order, without those that were filtered away.
 * Equal tables become equal bytes, whatever arrays Arquero holds them in.
 *
 * A value that is missing becomes null. A column of anything but numbers, texts and booleans, or one with NaN, is
 * refused when the table is encoded.
 */
export function fromArquero(table: ColumnTable): Table {
  const column = (name: string): readonly Cell[] =>
    Array.from(table.array(name) as ArrayLike<Cell | undefined>, (cell) => cell ?? null);
  return { columns: Object.fromEntries(table.columnNames().map((name) => [name, column(name)])) };
}

/** The whole table as CSV (RFC 4180, but lines end with `\n`): a line of names, then a line a row. Null is empty. */
export async function toCsv(table: Table): Promise<string> {
  return (await toArquero(table)).toCSV();
}

/**
 * The column of a table.
 *
 * @throws {TableError} When there is none of that name.
 */
export function columnOf({ columns }: Table, name: string): readonly Cell[] {
  const column = Object.hasOwn(columns, name) ? columns[name] : undefined;
  if (column !== undefined) return column;
  throw new TableError({
    message: `The table has no column ${JSON.stringify(name)}; it has ${
      Object.keys(columns).join(", ") || "none"
    }.`,
  });
}
